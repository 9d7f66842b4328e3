/*
 * The Event Webhook of SendGrid (deliveries, opens, clicks), set up to the URL of Inbound Parse by mistake, or on
 * purpose to have one URL: lists of events, none of which is part of a conversation.
 */
import { firstText, objectOf, parseJson } from '@kith/ingest/loose-json';
import type { MailReading } from '../mail/mail-fields.ts';
import { ignored, notAMessage } from './readings.ts';

/** Every event, ignored. */
export function readEvents(body: Uint8Array): MailReading[] {
  const json = parseJson(body);
  const events: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (!Array.isArray(json) && objectOf(json) === null) return [notAMessage('the body is no list of events')];
  if (events.length === 0) return [ignored('nothing_for_us', 'an empty list of SendGrid events')];
  return events.map((event) => {
    const name = firstText(event, 'event');
    if (name === null) return ignored('unknown_event_type', 'a SendGrid event without a name');
    return ignored('not_a_conversation_event', `SendGrid event "${name}"`);
  });
}
