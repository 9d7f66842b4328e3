/*
 * The parameters of a webhook of Twilio: a form, or the same names in an object where JSON was asked for.
 *
 * A name may stand there several times; the first value is read, and all of them are signed.
 */
import { objectOf, parseJson, textOf } from '@kith/ingest/loose-json';
import { cleanText } from '@kith/ingest/clean-text';

/** The value of a parameter, or null where it is missing or blank. */
export type Parameters = (name: string) => string | null;

/** The parameters of a body, or null where it is no object in JSON; any bytes are a form. */
export function parametersOf(body: Uint8Array, contentType: string | null): Parameters | null {
  if (!isJson(contentType)) {
    const form = formOf(body);
    return (name) => textOf(cleanText(form.get(name)?.[0] ?? ''));
  }
  const object = objectOf(parseJson(body));
  if (object === null) return null;
  return (name) => (Object.hasOwn(object, name) ? textOf(cleanText(textOf(object[name]) ?? '')) : null);
}

/** Whether a body is to be read as JSON. */
export function isJson(contentType: string | null): boolean {
  return /^\s*application\/json\s*(?:;|$)/i.test(contentType ?? '');
}

/** All values of a form by their names. */
export function formOf(body: Uint8Array): Map<string, string[]> {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    const values = form.get(name);
    if (values === undefined) form.set(name, [value]);
    else values.push(value);
  }
  return form;
}
