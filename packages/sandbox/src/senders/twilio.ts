/*
 * `twilio`: WhatsApp through Twilio's messaging API (https://www.twilio.com/docs/messaging/guides/webhook-request).
 *
 * What others write and how far own messages came is all that Twilio tells: no edits, deletions, reactions or groups.
 * It signs the URL it was given and every parameter (https://www.twilio.com/docs/usage/security).
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { ChatEvent } from '../chat/chat.ts';
import { urlencodedForm } from './multipart.ts';
import type { ChatSender, Sending, Webhook } from './sender.ts';
import { hexId, uuidId } from './stable-ids.ts';
import { type TwilioParameter, twilioParameters } from './twilio-parameters.ts';

/** The account and its WhatsApp number. */
export interface TwilioOptions {
  accountSid?: string;
  authToken?: string;
  /** E.164. */
  number?: string;
  /** Where files lie, which Twilio names by their URL. */
  mediaBaseUrl?: string;
}

/** A WhatsApp number at Twilio. */
export function createTwilioSender({
  accountSid = `AC${hexId('twilio', 'account', 32)}`,
  authToken = randomBytes(16).toString('hex'),
  number = '+442079460998',
  mediaBaseUrl = 'https://api.twilio.com',
}: TwilioOptions = {}): ChatSender {
  const account = { accountSid, number, mediaBaseUrl };
  return {
    provider: 'twilio',
    secrets: { authToken },
    send: (event, sending) => {
      const parameters = twilioParameters(event, account);
      return parameters === null ? null : signed(parameters, { authToken, event, sending });
    },
  };
}

function signed(
  parameters: readonly TwilioParameter[],
  { authToken, event, sending }: { authToken: string; event: ChatEvent; sending: Sending },
): Webhook {
  const sorted = parameters.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = sending.url + sorted.map(([name, value]) => name + value).join('');
  const body = urlencodedForm(parameters);
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'TwilioProxy/1.1',
      'i-twilio-idempotency-token': uuidId('twilio webhook', `${event.kind} ${body.toString()}`),
      'x-twilio-signature': createHmac('sha1', authToken).update(text).digest('base64'),
    },
    body,
  };
}
