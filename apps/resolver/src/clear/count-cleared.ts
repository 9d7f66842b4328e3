/*
 * What a clear would remove, counted in one statement that changes nothing and holds nobody up. It reads the conditions
 * by which the clear removes; that both give the same numbers is tested for every scope.
 */
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Counts } from './removal.ts';
import {
  type Clearing,
  isDecided,
  mediaGoes,
  messageGoes,
  relationGoes,
  strayMessages,
  syncGoes,
  syncPartGoes,
  tellingGoes,
} from './scope.ts';
import { tablesAskedFor } from './tables.ts';

type Asked = Partial<Record<keyof typeof tablesAskedFor, boolean>>;

/** Counts what would go, by table. */
export async function countCleared(db: Rows, clearing: Clearing, asked: Asked): Promise<Counts> {
  const counted = { ...countsOf(clearing), ...countsAskedFor(clearing, asked) };
  const columns = Object.entries(counted).map(([table, count]) => sql`(${count})::int as ${sql.raw(table)}`);
  const [row] = await db.rows<Record<string, number>>(
    sql`with ${leaving(clearing)} select ${sql.join(columns, sql`, `)}`,
  );
  return new Map(Object.entries(row ?? {}));
}

const rowsOf = (table: string, { workspace }: Clearing, where: SQL): SQL =>
  sql`select count(*) from ${sql.raw(table)} t where t.workspace_id = ${workspace} and ${where}`;

/**
 * What goes, as tables of ids: messages, conversations that end, what else was told, and people; and of what stays, what
 * keeps others from going. Each is made once, from end to end: asked row by row, they would read each other again and
 * again.
 */
function leaving(clearing: Clearing): SQL {
  const { workspace } = clearing;
  return sql`
    going as materialized (
      select m.id, m.conversation_id, m.channel from message m
      where m.workspace_id = ${workspace} and ${messageGoes(clearing)}),
    touched as materialized (select distinct conversation_id as id from going),
    staying as materialized (
      select m.id, m.conversation_id, m.channel from message m left join going on going.id = m.id
      where m.workspace_id = ${workspace} and going.id is null),
    ending as materialized (
      select id from touched except select conversation_id from staying),
    named as materialized (
      select distinct staying.conversation_id, i.participant_id from touched
      join staying on staying.conversation_id = touched.id
      join message_participant mp on mp.workspace_id = ${workspace} and mp.message_id = staying.id
      join participant_identifier i on i.workspace_id = ${workspace} and i.id = mp.identifier_id),
    told as materialized (select id from going union all select id from (${strayMessages(clearing)}) stray),
    held as materialized (
      select mp.identifier_id as id from message_participant mp join staying on staying.id = mp.message_id
      where mp.workspace_id = ${workspace}
      union
      select r.identifier_id from message_reaction r left join told on told.id = r.message_id
      where r.workspace_id = ${workspace} and told.id is null
      union
      select t.identifier_id from participant_relation t
      where t.workspace_id = ${workspace} and not (${relationGoes(clearing)})),
    people as materialized (
      select p.id from participant p
      where p.workspace_id = ${workspace} and p.merged_into is null and not ${isDecided(clearing)}
        and ${isConcerned(clearing)} and p.id not in (
          select i.participant_id from held join participant_identifier i
            on i.workspace_id = ${workspace} and i.id = held.id)),
    members as materialized (
      select id from people union all
      select p.id from people join participant p on p.workspace_id = ${workspace} and p.merged_into = people.id),
    identifiers as materialized (
      select i.id from participant_identifier i join members on members.id = i.participant_id
      where i.workspace_id = ${workspace})`;
}

/** Whether a live participant `p` loses anything. */
function isConcerned(clearing: Clearing): SQL {
  const { scope } = clearing;
  if (scope.kind === 'everything') return sql`true`;
  if (scope.kind === 'channel') return sql`p.channel = ${scope.channel}`;
  return sql`p.id in (
    select i.participant_id from participant_identifier i
    where i.workspace_id = ${clearing.workspace} and i.id in (
      select mp.identifier_id from message_participant mp join going on going.id = mp.message_id
      where mp.workspace_id = ${clearing.workspace}
      union all
      select r.identifier_id from message_reaction r join told on told.id = r.message_id
      where r.workspace_id = ${clearing.workspace}
      union all
      select t.identifier_id from participant_relation t
      where t.workspace_id = ${clearing.workspace} and ${relationGoes(clearing)}))`;
}

function countsOf(clearing: Clearing): Record<string, SQL> {
  const rows = (table: string, where: SQL) => rowsOf(table, clearing, where);
  const ofMessages = sql`t.message_id in (select id from going)`;
  const toldOf = sql`t.message_id in (select id from told)`;
  const ofConversations = sql`t.conversation_id in (select id from ending)`;
  const ofIdentifiers = sql`t.identifier_id in (select id from identifiers)`;
  const ofPeople = sql`t.participant_id in (select id from members)`;
  return {
    conversation: sql`select count(*) from ending`,
    message: sql`select count(*) from going`,
    participant: sql`select count(*) from members`,
    participant_identifier: sql`select count(*) from identifiers`,
    participant_clue: rows('participant_clue', ofIdentifiers),
    participant_relation: rows('participant_relation', sql`(${ofIdentifiers} or ${relationGoes(clearing)})`),
    conversation_participant: rows('conversation_participant', sql`(${ofConversations} or ${noMoreNamed})`),
    message_participant: rows('message_participant', ofMessages),
    message_sighting: rows('message_sighting', sql`(${ofMessages} or ${sightingGoes(clearing)})`),
    message_status: rows('message_status', toldOf),
    message_change: rows('message_change', toldOf),
    message_reaction: rows('message_reaction', toldOf),
    attachment: rows('attachment', ofMessages),
    media: rows('media', sql`(${mediaGoes(clearing)} or ${onlyOfGoing(clearing.workspace)})`),
    conversation_key: rows('conversation_key', ofConversations),
    conversation_alias: rows('conversation_alias', ofConversations),
    link_event: rows('link_event', ofPeople),
    dead_letter: rows('dead_letter', tellingGoes(clearing)),
    sync: rows('sync', syncEnds(clearing)),
    sync_part: rows('sync_part', syncPartGoes(clearing)),
  };
}

/** Whether no message that stays names the participant in a conversation that goes on. */
const noMoreNamed = sql`(
  t.conversation_id in (select id from touched)
  and (t.conversation_id, t.participant_id) not in (select conversation_id, participant_id from named))`;

const onlyOfGoing = (workspace: string): SQL => sql`(
  (t.channel, t.key) in (
    select going.channel, a.media_key from attachment a join going on going.id = a.message_id
    where a.workspace_id = ${workspace} and a.media_key is not null)
  and (t.channel, t.key) not in (
    select staying.channel, a.media_key from attachment a join staying on staying.id = a.message_id
    where a.workspace_id = ${workspace} and a.media_key is not null))`;

const sightingGoes = ({ scope }: Clearing): SQL =>
  scope.kind === 'account' ? sql`t.account_id = ${scope.accountId}` : sql`false`;

/** Whether a sync `t` has lost what it was about. */
const syncEnds = (clearing: Clearing): SQL => sql`(
  (${syncGoes(clearing)} or t.id in (
    select t.sync_id from sync_part t where t.workspace_id = ${clearing.workspace} and ${syncPartGoes(clearing)}))
  and t.id not in (
    select t.sync_id from sync_part t
    where t.workspace_id = ${clearing.workspace} and (${syncPartGoes(clearing)}) is not true))`;

function countsAskedFor(clearing: Clearing, asked: Asked): Record<string, SQL> {
  const all = (tables: readonly string[]) =>
    Object.fromEntries(tables.map((table) => [table, rowsOf(table, clearing, sql`true`)]));
  return {
    ...(asked.decisions === true ? all(tablesAskedFor.decisions) : {}),
    ...(asked.accounts === true ? all(tablesAskedFor.accounts) : {}),
    ...(asked.records === true
      ? {
          ...all(tablesAskedFor.records),
          link_event: rowsOf(
            'link_event',
            clearing,
            sql`(t.participant_id is null or t.participant_id in (select id from members))`,
          ),
        }
      : {}),
  };
}
