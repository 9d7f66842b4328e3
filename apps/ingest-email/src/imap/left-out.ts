/*
 * Mails that lie in a mailbox and are not fetched, as bodies that say so: each becomes an item that anybody can count
 * and see, because a mail that is left out silently is lost.
 */
import * as z from 'zod';
import { parseJson } from '@kith/ingest/loose-json';
import type { HistoryBody, PageReader } from '@kith/ingest/provider';
import type { MailReading } from '../mail/mail-fields.ts';
import { notAMessage, notIncluded } from '../providers/readings.ts';

/** Larger mails are not fetched; it is a little less than what a webhook may have. */
export const mailBytesMax = 40_000_000;

/** A mail that was left out. */
const LeftOut = z.strictObject({
  leftOut: z.enum(['too_large', 'refused']),
  bytes: z.int().nonnegative(),
  sentAt: z.string().max(50).nullable(),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** The body that says it. */
export function leftOutBody(mail: LeftOut): HistoryBody {
  return { provider: 'imap', body: Buffer.from(JSON.stringify(mail)), contentType: 'application/json' };
}

/** Whose a kept piece of a mailbox is: the word about a mail that was left out, or a mail, which is no JSON. */
export function readerOfMailboxPage(body: Uint8Array): PageReader {
  const beginning = String.fromCharCode(body[0] ?? 0);
  return beginning === '{' || beginning === '['
    ? { provider: 'imap', contentType: 'application/json' }
    : { provider: 'mime', contentType: 'message/rfc822' };
}

/** What such a body is. */
export function readLeftOut(body: Uint8Array): MailReading {
  const parsed = LeftOut.safeParse(parseJson(body));
  if (!parsed.success) return notAMessage('the body is no mail that a mailbox holds');
  const { leftOut, bytes, sentAt } = parsed.data;
  const mail = `a mail of ${bytes} bytes in the mailbox, sent at ${sentAt ?? 'a time it does not say'}`;
  return notIncluded(
    leftOut === 'too_large'
      ? `${mail}, is left out: at most ${mailBytesMax} bytes are fetched`
      : `${mail}, is left out: the mail server does not give it`,
  );
}
