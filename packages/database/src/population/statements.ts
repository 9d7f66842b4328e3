/*
 * The rows of a population, table by table. Everything follows from row numbers by a hash, so that two populations of
 * one size are the same. A conversation's people and times are worked out once, in a table that goes afterwards.
 */
import { type SQL, sql } from 'drizzle-orm';

/** How many of everything. */
export interface PopulationSize {
  workspace: string;
  messages: number;
  conversations: number;
  records: number;
  externals: number;
  internals: number;
  /** Words of half a message. */
  textWords: number;
}

/** Messages 1 to 9 a conversation; two external participants a record, and a fifth of them of no record. */
export function sizeOf(options: { workspace: string; messages: number; words: number }): PopulationSize {
  const records = Math.max(20, Math.round(options.messages / 100));
  return {
    workspace: options.workspace,
    messages: options.messages,
    conversations: Math.round(options.messages / 5),
    records,
    externals: firstOrdinary + Math.round((records - firstOrdinaryRecord) * 2.5),
    internals: 40,
    textWords: Math.ceil(options.words / 2),
  };
}

/** Participants 1–4 are record 1's, the next 5,000 record 2's, 20 each those of records 3–12, two each the others'. */
export const crowdSize = 5_000;
const firstHeavy = 5 + crowdSize;
const firstOrdinary = firstHeavy + 200;
const firstOrdinaryRecord = 13;

const recordOf = (n: string) => `case
  when ${n} < 5 then 1 when ${n} < ${firstHeavy} then 2
  when ${n} < ${firstOrdinary} then 3 + (${n} - ${firstHeavy}) / 20
  else ${firstOrdinaryRecord} + (${n} - ${firstOrdinary}) / 2 end`;

/** 0 up to 1, from a row number; `salt` makes another row of numbers of the same. */
const chance = (n: string, salt: string) => `((hashint8extended(${n}, ${salt}) & 1048575) / 1048576.0)`;
const id = (kind: string, n: string) => `md5('${kind}' || ${n})::uuid`;
const identifierOf = (n: string, channel: string) => `case ${channel}
  when 'email' then 'person' || ${n} || '@company' || ${n} / 10 || '.example'
  when 'whatsapp' then '+55119' || lpad((${n})::text, 8, '0')
  else 'urn:li:member:' || ${n} end`;
const channelOf = (n: string) =>
  `(array['email','email','email','email','email','email','email','whatsapp','whatsapp','linkedin'])[1 + ${n} % 10]`;

export function people(size: PopulationSize): SQL[] {
  const ws = sql.raw(`'${size.workspace}'`);
  const person = sql.raw(`select n, -1 as inside, ${channelOf('n')} as channel, ${recordOf('n')} as record
    from generate_series(1, ${size.externals}) n
    union all select n, 1, (array['email','whatsapp','linkedin'])[1 + n % 3], 0
    from generate_series(${size.externals + 1}, ${size.externals + size.internals}) n`);
  const value = sql.raw(identifierOf('n', 'channel'));
  const kind = sql.raw(
    `case channel when 'email' then 'email' when 'whatsapp' then 'phone' else 'linkedin_member' end`,
  );
  const isLinked = sql.raw(`inside < 0 and record <= ${size.records}`);
  return [
    sql`insert into record (workspace_id, record_id, pipeline, title, fields, unreadable)
      select ${ws}, n::text, 'contacts', 'Contact ' || n, '{}', '[]' from generate_series(1, ${size.records}) n`,
    sql`insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
      select ${ws}, ${kind}, ${value}, record::text, record::text, ${kind} from (${person}) p where ${isLinked}`,
    sql`insert into participant (workspace_id, id, channel, identifier, display_name, record_id, status, confidence,
        method, resolved_at)
      select ${ws}, ${sql.raw(id('p', 'n'))}, channel, ${value}, 'Person ' || n,
        case when ${isLinked} then record::text end,
        case when inside > 0 then 'internal' when ${isLinked} then 'linked' else 'unlinked' end,
        case when ${isLinked} then 0.95 end, case when ${isLinked} then 'email_webhook' end, '2026-06-01'
      from (${person}) p`,
    sql`insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id, first_seen_at)
      select ${ws}, ${kind}, ${value}, channel, ${sql.raw(id('i', 'n'))}, ${sql.raw(id('p', 'n'))}, '2023-06-01'
      from (${person}) p`,
  ];
}

/** Which external participants, a second one or none, which colleague, when it began, how many messages. */
export function conversationPlan(size: PopulationSize): SQL[] {
  const c = 'c';
  const ordinary = `${firstOrdinary} + floor(${chance(c, '3')} * ${size.externals - firstOrdinary + 1})::int`;
  const main = `case
    when ${chance(c, '1')} < 0.375 then 1 + floor(4 * power(${chance(c, '2')}, 2))::int
    when ${chance(c, '1')} < 0.45 then 5 + floor(${crowdSize} * power(${chance(c, '2')}, 2))::int
    when ${chance(c, '1')} < 0.46 then ${firstHeavy} + floor(200 * ${chance(c, '2')})::int
    else ${ordinary} end`;
  const beside = `case
    when ${chance(c, '4')} < 0.1 then case when main < 5 then 1 + main % 4 when main < ${firstHeavy} then 5 + main % ${crowdSize} else main + 1 - 2 * (main % 2) end
    when ${chance(c, '4')} < 0.2 then ${ordinary} end`;
  return [
    sql.raw(`create unlogged table population_conversation as
      select c, ${id('c', 'c')} as id, main, case when beside <= ${size.externals} and beside <> main then beside end as beside,
        ${size.externals} + 1 + (hashint8extended(c, 5) & 1023)::int % ${size.internals} as colleague,
        ${channelOf('main')} as channel,
        timestamptz '2026-06-01' - ${chance(c, '6')} * interval '1095 days' as began,
        1 + (hashint8extended(c, 7) & 1023)::int % 9 as messages
      from (select c, main, ${beside} as beside from (select c, ${main} as main from generate_series(1, ${size.conversations}) c) a) b`),
    sql.raw('analyze population_conversation'),
  ];
}

/** A message's time lies some hours after the one before it, and never in the future. */
const sentAt = `least(date_trunc('milliseconds', p.began + k * ${chance('p.c * 16 + k', '8')} * interval '60 hours'), timestamptz '2026-06-01')`;

export function conversations(size: PopulationSize): SQL[] {
  return [
    sql.raw(`insert into conversation (workspace_id, id, channel, kind, subject, preview, message_count, last_message_at)
      select '${size.workspace}', p.id, p.channel, case p.channel when 'email' then 'thread' else 'direct' end,
        case p.channel when 'email' then 'Order ' || c end, 'Could you tell me when it leaves?', p.messages,
        (select max(${sentAt}) from generate_series(1, p.messages) k)
      from population_conversation p`),
  ];
}

export function participations(size: PopulationSize): SQL[] {
  return [
    sql.raw(`insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      select c.workspace_id, c.id, md5('p' || who.n)::uuid, who.rank, c.last_message_at
      from population_conversation p
      join conversation c on c.workspace_id = '${size.workspace}' and c.id = p.id
      cross join lateral (values (p.main, 0), (p.beside, 2), (p.colleague, 1)) who(n, rank)
      where who.n is not null`),
    sql.raw(`update participant p set last_message_at = newest.at
      from (select participant_id, max(last_message_at) as at from conversation_participant
        where workspace_id = '${size.workspace}' group by participant_id) newest
      where p.workspace_id = '${size.workspace}' and p.id = newest.participant_id`),
    sql.raw(`update record r set last_activity_at = newest.at
      from (select record_id, max(last_message_at) as at from participant
        where workspace_id = '${size.workspace}' group by record_id) newest
      where r.workspace_id = '${size.workspace}' and r.record_id = newest.record_id`),
  ];
}

/** Texts are put together of two out of 5,000, and say which message they are: `ref…` is as rare as a word can be. */
const textsCount = 5_000;

/**
 * Words as uneven as a language's: the n-th of 20,000 comes up about 1/n as often as the first. `w1` is in most texts,
 * `w100` in one of about thirty, `w5000` in one of a thousand.
 */
export function texts(size: PopulationSize): SQL[] {
  return [
    sql.raw(`create unlogged table population_text as
      select n, text, to_tsvector('simple', text) as words from (
        select n, string_agg('w' || floor(exp(ln(20000.0) * ${chance('n * 64 + k', '9')}))::int, ' ' order by k) as text
        from generate_series(1, ${textsCount}) n, generate_series(1, ${size.textWords}) k group by n) t`),
    sql.raw('analyze population_text'),
  ];
}

/** The two texts of `message m`. */
const textsOfMessage = `
  join population_text a on a.n = 1 + (uuid_hash_extended(m.id, 10) & 1048575)::int % ${textsCount}
  join population_text b on b.n = 1 + (uuid_hash_extended(m.id, 11) & 1048575)::int % ${textsCount}`;

/** What is worked out of a message is worked out once: `offset 0` keeps it from being written out at each use. */
export function messages(size: PopulationSize): SQL[] {
  return [
    sql.raw(`insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
        claimed_sent_at, received_at, subject, text, raw_blob, origin)
      select '${size.workspace}', m.id, m.conversation_id, m.channel, m.external_id, ${id('i', 'm.writer')}, m.at, m.at,
        m.at + interval '2 seconds', case m.channel when 'email' then 'Order ' || m.c end,
        a.text || ' ' || b.text || ' ref' || m.external_id, 'population/' || m.id, 'webhook'
      from (
        select p.c, p.id as conversation_id, p.channel, p.c || 'x' || k as external_id,
          ${id('m', "p.c || 'x' || k")} as id, ${sentAt} as at,
          case when k % 2 = 1 then p.main else p.colleague end as writer
        from population_conversation p cross join lateral generate_series(1, p.messages) k offset 0) m ${textsOfMessage}`),
    sql.raw(`insert into message_participant (workspace_id, message_id, identifier_id, role)
      select workspace_id, id, sender_identifier_id, 'from' from message where workspace_id = '${size.workspace}'`),
  ];
}

/** In the order of time, as messages come in. */
export function messageWords(size: PopulationSize): SQL[] {
  const day = `to_char(m.sent_at at time zone 'UTC', 'YYYY-MM-DD')`;
  // The day, the month and the year, as `packages/search` has them.
  const scope = [10, 7, 4].map(
    (length) => `'@${size.workspace}/' || m.channel || '/' || left(${day}, ${length})`,
  );
  return [
    sql.raw(`insert into message_search (workspace_id, message_id, channel, sent_at, words)
      select m.workspace_id, m.id, m.channel, m.sent_at, array_to_tsvector(array[${scope.join(', ')}])
        || a.words || b.words || array_to_tsvector(array['ref' || m.external_id])
      from message m ${textsOfMessage}
      where m.workspace_id = '${size.workspace}' order by m.sent_at`),
  ];
}
