/*
 * A legacy CRM's database in miniature: the tables of the default mapping, and rows with everything that goes wrong
 * between two links. Small enough to read, so that a test can name what becomes of each row.
 */
import { runScript } from '@kith/database/testing';

const tables = `
  create table pipelines_record (id bigint primary key, pipeline_id bigint not null, data jsonb not null);
  create table communications_channel (id bigint primary key, channel_type text not null);
  create table communications_participant (id bigint primary key, contact_record_id bigint,
    resolution_confidence numeric(3, 2), resolution_method text, email text, phone text, linkedin text, name text);
  create table communications_conversation (id bigint primary key, channel_id bigint, external_thread_id text,
    subject text);
  create table communications_conversationparticipant (id bigserial primary key, conversation_id bigint,
    participant_id bigint, role text);
  create table communications_message (id bigint primary key, external_message_id text, conversation_id bigint,
    sender_participant_id bigint, direction text, content text, subject text, created_at timestamptz not null,
    sent_at timestamptz, received_at timestamptz, metadata jsonb);
  create table communications_recordcommunicationlink (id bigint primary key, record_id bigint,
    conversation_id bigint)`;

/** What is wrong with a row stands behind it. */
const rows = `
  insert into pipelines_record values
    (1, 7, '{"name": "Ana Lima", "email": "Ana@Lima.example"}'),
    (2, 7, '{"name": "Bo Berg", "phone": "+46 8 555 010 66"}'),
    (3, 7, '{"name": "Cléo Roux", "linkedin": "https://www.linkedin.com/in/cleo-roux"}'),
    (4, 7, '{"name": "Dan", "email": "dan@elsewhere.example"}'),
    (9, 7, '{"name": "We ourselves", "email": "desk@acme.example"}');
  insert into communications_channel values (1, 'gmail'), (2, 'whatsapp'), (3, 'linkedin'), (4, 'pigeon');
  insert into communications_participant values
    (10, null, null, null, 'desk@acme.example', '+44 20 7946 0958', null, 'The desk'),
    (11, 1, 0.95, 'email', 'ana@lima.example', null, null, 'Ana'),
    (12, 2, 0.90, 'phone', null, '+46855501066', null, 'Bo'),
    (13, 3, 0.95, 'linkedin', null, null, 'cleo-roux', 'Cléo'),
    (14, 4, 0.90, 'manual', 'dan@work.example', null, null, 'Dan'),         -- a person's link, without evidence
    (15, 4, 0.80, 'email', 'dora@lost.example', null, null, 'Dora'),        -- a rule's link, without evidence
    (16, null, null, null, 'eve@new.example', null, null, 'Eve'),           -- taken from its conversation
    (17, null, null, null, 'flo@new.example', null, null, 'Flo'),           -- two unlinked in one conversation
    (18, null, null, null, 'gus@new.example', null, null, 'Gus'),
    (19, 77, 0.95, 'email', 'hal@gone.example', null, null, 'Hal'),         -- a record that is missing
    (20, 1, 0.95, 'email', 'ANA@lima.example', null, null, 'Ana again'),    -- one person twice
    (21, null, null, null, null, null, null, 'Nobody'),                     -- without an identifier
    (22, null, null, null, 'not an address', null, null, 'Typing error'),   -- cannot be read
    (23, 9, 0.90, 'manual', 'ida@new.example', null, null, 'Ida'),          -- linked to the company itself
    (24, null, null, null, 'jo@acme.example', null, null, 'Jo');            -- writes, and is not named as own
  insert into communications_conversation values
    (100, 1, 'th-100', 'An offer'), (101, 2, 'wa-101', null), (102, 3, 'li-102', null), (103, 1, 'th-103', 'Dan'),
    (104, 1, 'th-104', 'Eve'), (105, 1, 'th-105', 'Flo and Gus'), (106, 4, 'pg-106', null), (107, 1, 'th-107', 'Dora'),
    (108, 1, 'th-108', 'Hal'), (109, 1, 'th-109', 'Ida');
  insert into communications_conversationparticipant (conversation_id, participant_id, role) values
    (100, 11, 'from'), (100, 10, 'to'), (101, 12, 'member'), (101, 10, 'member'), (102, 13, 'member'),
    (103, 14, 'from'), (103, 10, 'to'), (104, 16, 'from'), (104, 10, 'to'), (105, 17, 'from'), (105, 18, 'cc'),
    (105, 10, 'to'), (106, 11, 'member'), (107, 15, 'from'), (107, 22, 'cc'), (108, 19, 'from'), (109, 23, 'from'),
    (109, 24, 'to');
  insert into communications_message values
    (1000, '<offer-1@lima.example>', 100, 11, 'inbound', 'May I have an offer?', 'An offer',
      '2026-03-01T10:00:05Z', '2026-03-01T10:00:00Z', null, null),
    (1001, '<offer-2@acme.example>', 100, 10, 'outbound', '<p>Here it is.</p><p>Yours &amp; sincerely</p>',
      'Re: An offer', '2026-03-01T11:00:00Z', '2026-03-01T11:00:00Z', null,
      '{"in_reply_to": "<offer-1@lima.example>"}'),
    (1002, 'wamid.1', 101, 12, 'inbound', 'Hello', null, '2026-03-02T10:00:00Z', null, null, null),
    (1003, 'wamid.2', 101, null, 'outbound', 'Hello Bo', null, '2026-03-02T10:01:00Z', null, null, null),
    (1004, 'wamid.2', 101, null, 'outbound', 'Hello Bo', null, '2026-03-02T10:01:00Z', null, null, null), -- twice
    (1005, 'li.1', 102, 13, 'inbound', 'Bonjour', null, '2026-03-03T10:00:00Z', null, null, null),
    (1006, null, 103, 14, 'inbound', 'From another address', 'Dan', '2026-03-04T10:00:00Z', null, null, null),
    (1007, '<eve@new.example>', 104, 16, 'inbound', 'I am Eve', 'Eve', '2026-03-05T10:00:00Z', null, null, null),
    (1008, '<flo@new.example>', 105, 17, 'inbound', 'We are two', 'Two', '2026-03-06T10:00:00Z', null, null, null),
    (1009, 'pg.1', 106, 11, 'inbound', 'Coo', null, '2026-03-07T10:00:00Z', null, null, null),        -- unknown channel
    (1010, '<lost@lost.example>', 999, 11, 'inbound', 'Lost', 'Lost', '2026-03-08T10:00:00Z', null, null, null), -- nowhere
    (1011, '<dora@lost.example>', 107, 15, 'inbound', 'Dora here', 'Dora', '2026-03-09T10:00:00Z', null, null, null),
    (1012, '<hal@gone.example>', 108, null, 'inbound', 'Who am I?', 'Hal', '2026-03-10T10:00:00Z', null, null, null),
    (1013, '<jo@acme.example>', 109, 24, 'outbound', 'From Jo', 'Ida', '2026-03-11T10:00:00Z', null, null, null);
  insert into communications_recordcommunicationlink values
    (500, 1, 100), (501, 1, 100),   -- agrees, and once more
    (502, 2, 104),                  -- nobody in it is the record's, one person is unlinked: Eve
    (503, 2, 105),                  -- two are unlinked
    (504, 3, 101),                  -- Bo is record 2
    (505, 77, 100),                 -- the record is missing
    (506, 1, 998),                  -- the conversation is missing
    (507, 9, 100)                   -- the record is the company itself
`;

/** A long chat with Bo: more than fits one window of deliveries. */
const whale = (messages: number): string => `
  insert into communications_message
  select 100000 + n, 'wamid.whale.' || n, 101, case when n % 3 = 0 then null else 12 end,
    case when n % 3 = 0 then 'outbound' else 'inbound' end, 'Line ' || n || ' of a long chat.', null,
    '2025-01-01T00:00:00Z'::timestamptz + n * interval '1 minute', null, null, null
  from generate_series(1, ${messages}) n`;

/** Makes the database on a server, and fills it. Answers its URL. */
export async function createLegacyDatabase(server: string, options: { whale: number }): Promise<string> {
  await runScript(server, 'create database legacy');
  const url = onServer(server, 'legacy');
  await runScript(url, `${tables};\n${rows}\n;\n${whale(options.whale)}`);
  return url;
}

/** The URL of another database on the same server. */
export function onServer(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** What the report finds there, by kind. */
export const expectedFindings = {
  message_without_conversation: 1,
  message_on_unknown_channel: 1,
  message_twice: 1,
  message_without_sender: 1,
  participant_without_identifier: 1,
  identifier_unreadable: 1,
  participant_twice: 1,
  writer_not_own: 1,
  link_of_company: 2,
  participant_link_to_missing_record: 1,
  person_link_without_evidence: 1,
  rule_link_without_evidence: 1,
  link_twice: 1,
  link_to_missing_record: 1,
  link_to_missing_conversation: 1,
  link_adopted: 1,
  link_contradicted: 1,
  link_undecided: 1,
};
