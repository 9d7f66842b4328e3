import { createHmac, createSign, type KeyObject } from 'node:crypto';
import { DeliveryItem } from '@kith/contracts';
import type { ParsedItem, ParsedMessage, Provider, SignedRequest } from '@kith/ingest/provider';

/** A body with the header that says what it is. */
export interface Posted {
  body: Buffer;
  contentType: string;
}

/** A part of a multipart form: a field, or a file where `file` names one. */
export interface GivenPart {
  name: string;
  value: string | Uint8Array;
  file?: string;
  type?: string;
}

/** A multipart form; text is UTF-8, and names stand there as they are given. */
export function multipart(parts: readonly GivenPart[], boundary = 'xYzZY'): Posted {
  const pieces = parts.flatMap(({ name, value, file, type }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`,
    file === undefined ? '' : `; filename="${file}"`,
    type === undefined ? '' : `\r\nContent-Type: ${type}`,
    '\r\n\r\n',
    value,
    '\r\n',
  ]);
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** A form of these fields. */
export function fieldsOf(fields: Readonly<Record<string, string | Uint8Array>>): GivenPart[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}

/** A form of these fields as a browser would post it. */
export function urlencoded(fields: Readonly<Record<string, string>>): Posted {
  return {
    body: Buffer.from(String(new URLSearchParams(fields))),
    contentType: 'application/x-www-form-urlencoded',
  };
}

export function json(value: unknown): Posted {
  return { body: Buffer.from(JSON.stringify(value)), contentType: 'application/json' };
}

/** What a provider finds in a body. */
export async function itemsOf(provider: Provider, { body, contentType }: Posted): Promise<ParsedItem[]> {
  return provider.read({ body, contentType, workspace: 'acme', accountId: 'support', settings: {} });
}

/** The one message in a body; throws when there is anything else. */
export async function messageIn(provider: Provider, posted: Posted): Promise<ParsedMessage> {
  const [item, ...others] = await itemsOf(provider, posted);
  if (item?.kind !== 'message' || others.length > 0)
    throw new Error(`no single message: ${JSON.stringify(item)}`);
  return item;
}

/** A request to verify, made now where nothing else is said. */
export function requestOf(
  { body, contentType }: Posted,
  { headers = {}, now }: { headers?: Record<string, string>; now: number },
): SignedRequest {
  const url = '/webhooks/any/support';
  return { headers: { 'content-type': contentType, ...headers }, url, publicUrls: () => [], body, now };
}

/** The fields by which Mailgun proves itself. */
export function mailgunSignature(signingKey: string, nowMs: number, token = 'a'.repeat(50)) {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest('hex');
  return { timestamp, token, signature };
}

/** The headers by which SendGrid proves itself. */
export function sendgridHeaders(privateKey: KeyObject, body: Uint8Array, nowMs: number) {
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': createSign('sha256')
      .update(timestamp)
      .update(body)
      .sign(privateKey, 'base64'),
  };
}

/** What would be published of an item once its bytes are in the blob store, checked against the contracts. */
export function asDelivered(item: ParsedItem) {
  if (item.kind !== 'message') return DeliveryItem.safeParse(item);
  const blob = { key: 'k', size: 1 };
  const attachments = item.attachments.map((attachment) => {
    const { name, type, contentId, inline } = attachment;
    const file = { name: name.slice(0, 300), type, contentId: contentId?.slice(0, 500) ?? null, inline };
    if ('bytes' in attachment) return { ...file, blob };
    return { ...file, blob: null, media: { key: attachment.media.key, size: attachment.media.size } };
  });
  const subject = item.subject?.slice(0, 2_000) ?? null;
  return DeliveryItem.safeParse({ ...item, subject, html: item.html === null ? null : blob, attachments });
}

/** The bytes with one of them changed, for each of them: the next one, the other case, and one that is no text. */
export function* oneByteChanges(bytes: Uint8Array): Generator<Buffer> {
  for (const [at, byte] of bytes.entries()) {
    for (const bit of [0x01, 0x20, 0x80]) {
      const changed = Buffer.from(bytes);
      changed[at] = byte ^ bit;
      yield changed;
    }
  }
}
