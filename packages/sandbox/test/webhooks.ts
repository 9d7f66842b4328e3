import { createHmac } from 'node:crypto';
import type { Mail } from '../src/mail/mail.ts';
import type { Webhook } from '../src/senders/sender.ts';

/** A reply to several people, in words that are not ASCII. */
export const plain: Mail = {
  messageId: 'reply@lima.example',
  date: '2026-11-22T16:59:00.000Z',
  from: { name: 'Zoë Lima', address: 'zoe@lima.example' },
  to: [{ name: 'Acme Support', address: 'support@acme.example' }],
  cc: [{ name: null, address: 'sales@acme.example' }],
  subject: 'Grüße aus Łódź',
  text: 'Ça va?\n\nOn Sun, Acme wrote:\n> Hello',
  html: '<p>Ça va? <img src="cid:plan@lima"></p>',
  inReplyTo: 'first@acme.example',
  references: ['first@acme.example'],
};
/** The same with a file, and a picture that its HTML shows. */
export const withFiles: Mail = {
  ...plain,
  attachments: [
    { name: 'Übersicht.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.4 ü') },
    { name: 'plan.png', type: 'image/png', content: Buffer.from([0, 255, 13, 10]), contentId: 'plan@lima' },
  ],
};
/** When and where to everything is posted. */
export const sending = { nowMs: 1_790_000_000_999, url: 'https://hooks.acme.example/webhooks/any/support' };
/** The same time as it is signed. */
export const seconds = '1790000000';

/** A secret that an account is connected with. */
export const secretOf = (sender: { secrets: Readonly<Record<string, unknown>> }, name: string): string => {
  const secret = sender.secrets[name];
  if (typeof secret !== 'string') throw new Error(`no secret ${name}`);
  return secret;
};
export const headerOf = ({ headers }: Webhook, name: string): string => headers[name] ?? '';
export const jsonOf = ({ body }: Webhook): Record<string, unknown> => JSON.parse(body.toString());
/** The form as the platform's own parser reads it. */
export const formOf = ({ body, headers }: Webhook): Promise<FormData> =>
  new Response(new Uint8Array(body), { headers }).formData();
/** The text in a field; throws where there is none, or a file. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  if (typeof value !== 'string') throw new Error(`no text in ${name}`);
  return value;
}

/** HMAC-SHA256 as it is computed without anything of ours. */
export const hexHmac = (secret: string, ...parts: (string | Buffer)[]): string =>
  createHmac('sha256', secret)
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest('hex');
