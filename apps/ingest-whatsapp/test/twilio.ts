/* Signs as Twilio does, written apart from what verifies: after its documentation, not after our code. */
import { createHmac } from 'node:crypto';

/** The signature over a URL and the parameters of a form. */
export function twilioSignature(token: string, url: string, form: Uint8Array | string): string {
  const parameters = [...new URLSearchParams(Buffer.from(form).toString('utf8'))];
  const names = [...new Set(parameters.map(([name]) => name))].toSorted();
  let signed = url;
  for (const name of names) {
    const values = parameters.filter(([other]) => other === name).map(([, value]) => value);
    for (const value of [...new Set(values)].toSorted()) signed += name + value;
  }
  return createHmac('sha1', token).update(signed).digest('base64');
}
