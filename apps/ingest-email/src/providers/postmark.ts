/*
 * `postmark`: inbound webhooks of Postmark (https://postmarkapp.com/developer/webhooks/inbound-webhook).
 *
 * Postmark does not sign; it sends the user and password of the webhook URL as Basic credentials. It stops for ever
 * on 403. Where the stream includes the raw mail, that is read and the rest left alone. The dashboard's "Check"
 * button posts an invented mail from Postmark's own support: it is accounted for as ignored, so that nobody's
 * timeline shows it.
 */
import { accountSecrets } from '@kith/contracts';
import { parseJson } from '@kith/ingest/loose-json';
import { authorization, sameSecret } from '@kith/ingest/signatures';
import * as z from 'zod';
import type { MailFields, MailFile, MailHeader, MailReading } from '../mail/mail-fields.ts';
import { defineEmailProvider } from './email-provider.ts';

const text = z.string().nullish().catch(null);
const address = z.looseObject({ Email: text, Name: text }).catch({});
const addresses = z.array(address).nullish().catch(null);

const Inbound = z.looseObject({
  RecordType: text,
  MessageID: text,
  RawEmail: text,
  FromFull: address.nullish(),
  From: text,
  ToFull: addresses,
  To: text,
  CcFull: addresses,
  Cc: text,
  BccFull: addresses,
  Bcc: text,
  ReplyTo: text,
  Subject: text,
  Date: text,
  TextBody: text,
  HtmlBody: text,
  Headers: z
    .array(z.looseObject({ Name: text, Value: text }).catch({}))
    .nullish()
    .catch(null),
  Attachments: z
    .array(
      z.looseObject({ Name: text, Content: text, Data: text, ContentType: text, ContentID: text }).catch({}),
    )
    .nullish()
    .catch(null),
});
type Inbound = z.infer<typeof Inbound>;

/** Inbound mail of Postmark. */
export const postmark = defineEmailProvider({
  name: 'postmark',
  secrets: accountSecrets.postmark,
  accepts: (contentType) => contentType === 'application/json',
  verify: ({ headers }, { username, password }) => {
    const expected = Buffer.from(`${username}:${password}`).toString('base64');
    return sameSecret(authorization(headers, 'basic') ?? '', expected) ? 'valid' : 'invalid';
  },
  readForm: ({ body }) => readPostmark(parseJson(body)),
});

function readPostmark(json: unknown): MailReading {
  const parsed = Inbound.safeParse(json);
  if (!parsed.success || !isInbound(parsed.data)) return other(parsed.data ?? null);
  const inbound = parsed.data;
  if (isCheck(inbound)) {
    const detail = 'the check of the Postmark dashboard';
    return { form: 'item', item: { kind: 'ignored', reason: 'provider_test_payload', detail } };
  }
  if (hasText(inbound.RawEmail)) return { form: 'raw', bytes: Buffer.from(inbound.RawEmail) };
  return { form: 'fields', fields: toFields(inbound) };
}

const mailKeys = [
  'RawEmail',
  'FromFull',
  'From',
  'ToFull',
  'To',
  'Subject',
  'TextBody',
  'HtmlBody',
  'Headers',
  'Attachments',
] as const;

function isInbound(inbound: Inbound): boolean {
  if (hasText(inbound.RecordType) && inbound.RecordType !== 'Inbound') return false;
  return mailKeys.some((key) => inbound[key] !== undefined && inbound[key] !== null);
}

/** What Postmark tells of mail that was sent through it. */
const sendingEvents = new Set('Bounce Click Delivery Open SpamComplaint SubscriptionChange'.split(' '));

/** Postmark's other webhooks (Delivery, Bounce, Open, …), set up to the same URL by mistake; or no JSON of its. */
function other(found: Inbound | null): MailReading {
  if (hasText(found?.RecordType)) {
    const event = found?.RecordType ?? '';
    const detail = `Postmark event "${event}"`.slice(0, 300);
    const reason = sendingEvents.has(event) ? 'not_a_conversation_event' : 'unknown_event_type';
    return { form: 'item', item: { kind: 'ignored', reason, detail } };
  }
  const detail = 'the JSON is not an inbound mail of Postmark';
  return { form: 'item', item: { kind: 'unreadable', reason: 'not_a_message', detail } };
}

function isCheck(inbound: Inbound): boolean {
  const isInvented = /^0{8}-0{4}-0{4}-0{4}-0{12}$/.test(inbound.MessageID ?? '');
  return isInvented && inbound.FromFull?.Email === 'support@postmarkapp.com';
}

function toFields(inbound: Inbound): MailFields {
  return {
    headers: headersOf(inbound),
    text: inbound.TextBody ?? null,
    html: inbound.HtmlBody ?? null,
    files: (inbound.Attachments ?? []).map((file): MailFile => ({
      name: file.Name ?? null,
      type: file.ContentType ?? null,
      contentId: file.ContentID ?? null,
      // The dashboard's example has `Data` where real mail has `Content`.
      bytes: Buffer.from(file.Content ?? file.Data ?? '', 'base64'),
    })),
  };
}

/** Postmark takes some fields out of the headers and parses them; here they go back, before those it left. */
function headersOf(inbound: Inbound): MailHeader[] {
  const parsed: [string, string | null | undefined][] = [
    ['from', inbound.FromFull ? written([inbound.FromFull]) : inbound.From],
    ['to', inbound.ToFull ? written(inbound.ToFull) : inbound.To],
    ['cc', inbound.CcFull ? written(inbound.CcFull) : inbound.Cc],
    ['bcc', inbound.BccFull ? written(inbound.BccFull) : inbound.Bcc],
    ['reply-to', inbound.ReplyTo],
    ['subject', inbound.Subject],
    ['date', inbound.Date],
  ];
  const given = parsed.flatMap(([name, value]) => (hasText(value) ? [{ name, value }] : []));
  const left = (inbound.Headers ?? []).map(({ Name, Value }) => ({
    name: (Name ?? '').trim().toLowerCase(),
    value: Value ?? '',
  }));
  const isGiven = (name: string): boolean => given.some((header) => header.name === name);
  return [...given, ...left.filter(({ name }) => !isGiven(name))];
}

function written(people: readonly z.infer<typeof address>[]): string {
  return people
    .filter(({ Email }) => hasText(Email))
    .map(({ Email, Name }) => `"${(Name ?? '').replace(/["\\]/g, '\\$&')}" <${Email ?? ''}>`)
    .join(', ');
}

function hasText(value: string | null | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
