/*
 * JSON of Mailgun: its event webhooks (deliveries, opens, clicks), set up to the URL of a route by mistake; and a
 * stored mail as its API gives it, which is what `complete` puts in the place of the form that announced it.
 */
import { field, firstText, objectOf, parseJson } from '@kith/ingest/loose-json';
import type { MailReading } from '../mail/mail-fields.ts';
import { ignored, notAMessage } from './readings.ts';

/** The mail, or the event, ignored. */
export function readMailgunJson(body: Uint8Array): MailReading {
  const json = parseJson(body);
  const mail = firstText(json, 'body-mime');
  if (mail !== null) return { form: 'raw', bytes: Buffer.from(mail) };
  const event = objectOf(field(json, 'event-data'));
  if (event === null) return notAMessage('the JSON is no event of Mailgun');
  return ignoredEvent(firstText(event, 'event'));
}

/** An event about a mail that was sent. */
export function ignoredEvent(name: string | null): MailReading {
  if (name === null) return ignored('unknown_event_type', 'a Mailgun event without a name');
  return ignored('not_a_conversation_event', `Mailgun event "${name}"`);
}
