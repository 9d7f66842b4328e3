/*
 * Where the old system keeps what is migrated: tables, columns, and what their values mean. The defaults are those of
 * Django applications named `communications` and `pipelines`; a mapping file needs to hold only what differs.
 *
 * The file is JSON; lines that begin with `//` are comments. So what `--print-mapping` prints can be edited and read.
 */
import { readFile } from 'node:fs/promises';
import { AccountId, Channel } from '@kith/contracts';
import * as z from 'zod';
import { CliFailure } from '../failure.ts';

const table = (name: string, meaning: string) => z.string().min(1).default(name).describe(meaning);
const column = table;
/** A table or column that the old system may not have: null then. */
const optional = (name: string | null, meaning: string) =>
  z.string().min(1).nullable().default(name).describe(`${meaning} Null where there is none.`);

const records = z
  .strictObject({
    table: table('pipelines_record', 'Table of the records.'),
    id: column('id', 'Its key: the id of the record in Kith.'),
    pipeline: optional('pipeline_id', 'What pipeline a record is in.'),
    data: optional('data', 'A record’s fields, as json or jsonb.'),
    title: optional(null, 'What a record is called; else its field title or name.'),
  })
  .describe('Records of the CRM.');

const participants = z
  .strictObject({
    table: table('communications_participant', 'Table of the participants.'),
    id: column('id', 'Its key.'),
    record: column('contact_record_id', 'The record that a participant is linked to.'),
    confidence: optional('resolution_confidence', 'How certain the link is, 0 to 1.'),
    method: optional('resolution_method', 'What made the link; see personMethods.'),
    email: optional('email', 'Email address.'),
    phone: optional('phone', 'Phone number, or WhatsApp id.'),
    linkedin: optional('linkedin', 'LinkedIn profile URL, URN or member id.'),
    name: optional('name', 'Display name.'),
  })
  .describe('People, each linked to one record or none.');

const channels = z
  .strictObject({
    table: optional(
      'communications_channel',
      'Table of the channels. Without one, conversations.channel holds the type itself.',
    ),
    id: column('id', 'Its key.'),
    type: column('channel_type', 'What a channel is; see channelTypes.'),
  })
  .describe('What the conversations came through.');

const conversations = z
  .strictObject({
    table: table('communications_conversation', 'Table of the conversations.'),
    id: column('id', 'Its key.'),
    channel: column('channel_id', 'Its channel.'),
    externalId: optional('external_thread_id', 'The provider’s id of the thread or chat.'),
    subject: optional('subject', 'Subject of a thread.'),
  })
  .describe('Threads and chats.');

const members = z
  .strictObject({
    table: table('communications_conversationparticipant', 'Table of who is in which conversation.'),
    conversation: column('conversation_id', 'The conversation.'),
    participant: column('participant_id', 'The participant.'),
    role: optional('role', 'The part in it: cc and bcc of a mail; anything else counts as to.'),
  })
  .describe('Who takes part in a conversation.');

const messages = z
  .strictObject({
    table: table('communications_message', 'Table of the messages.'),
    id: column('id', 'Its key.'),
    externalId: optional('external_message_id', 'The provider’s id, or the Message-ID of a mail.'),
    conversation: column('conversation_id', 'The conversation of a message.'),
    sender: column('sender_participant_id', 'Who wrote it.'),
    direction: column('direction', 'outbound, outgoing, out or sent; anything else is inbound.'),
    text: column('content', 'The text, or the HTML of a mail.'),
    subject: optional('subject', 'Subject of a mail; else its conversation’s.'),
    createdAt: column('created_at', 'When the row was written.'),
    sentAt: optional('sent_at', 'When it was sent.'),
    receivedAt: optional('received_at', 'When it was received.'),
    metadata: optional(
      'metadata',
      'JSON with message_id, in_reply_to and references of a mail, or headers that hold them.',
    ),
  })
  .describe('Messages.');

const links = z
  .strictObject({
    table: optional(
      'communications_recordcommunicationlink',
      'Table of links between records and conversations; the one to be dropped.',
    ),
    id: column('id', 'Its key.'),
    record: column('record_id', 'The record.'),
    conversation: column('conversation_id', 'The conversation.'),
  })
  .describe('The second link, which goes.');

const account = (accountId: string, providers: [string, ...string[]]) =>
  z
    .strictObject({ accountId: AccountId, provider: z.enum(providers) })
    .prefault({ accountId, provider: providers[0] });

/** The mapping, whole. */
export const Mapping = z.strictObject({
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,40}$/, 'lower-case letters, digits, "-" and "_", at most 41')
    .nullable()
    .default(null)
    .describe(
      'Name of the old system in ids of what comes from it; null takes its database’s. Set it before the first run.',
    ),
  schema: z.string().min(1).default('public').describe('Schema of the tables.'),
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, such as FR')
    .nullable()
    .default(null)
    .describe('Country of phone numbers without a prefix, such as "FR".'),
  own: z
    .array(z.string().max(500))
    .default([])
    .describe('Your own addresses, numbers and profiles, besides those of Kith’s accounts and team.'),
  personMethods: z
    .array(z.string())
    .default(['manual', 'user', 'person', 'confirmed'])
    .describe('Values of participants.method by which a person made the link: these links become decisions.'),
  personConfidence: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Where a link has no method: the confidence from which on it is a person’s.'),
  channelTypes: z
    .record(z.string(), Channel)
    .default({
      email: 'email',
      gmail: 'email',
      outlook: 'email',
      imap: 'email',
      whatsapp: 'whatsapp',
      linkedin: 'linkedin',
    })
    .describe('What the values of channels.type mean, in lower case.'),
  accounts: z
    .strictObject({
      email: account('legacy-email', ['mime']),
      whatsapp: account('legacy-whatsapp', ['meta', 'twilio', 'unipile']),
      linkedin: account('legacy-linkedin', ['unipile']),
    })
    .prefault({})
    .describe('Kith’s accounts for what is migrated. They are made where they are missing.'),
  records: records.prefault({}),
  participants: participants.prefault({}),
  channels: channels.prefault({}),
  conversations: conversations.prefault({}),
  members: members.prefault({}),
  messages: messages.prefault({}),
  links: links.prefault({}),
});
export type Mapping = z.infer<typeof Mapping>;

/** The groups of the mapping that are tables, each with its columns. */
export const mappedTables = { records, participants, channels, conversations, members, messages, links };
export type MappedTable = keyof typeof mappedTables;

/** The mapping of a file, or the default one without. Throws with every problem, a line each. */
export async function readMapping(file: string | undefined): Promise<Mapping> {
  const result = Mapping.safeParse(file === undefined ? {} : await readJson(file));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || '(file)'}: ${message}`,
  );
  throw new CliFailure(
    `${file} is no mapping; "kith migrate legacy --print-mapping" shows one.\n${problems.join('\n')}`,
  );
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliFailure(`${file} does not exist or cannot be read.`, { cause });
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '').replaceAll(/^\s*\/\/.*$/gm, ''));
  } catch (cause) {
    throw new CliFailure(`${file} is not valid JSON: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
}
