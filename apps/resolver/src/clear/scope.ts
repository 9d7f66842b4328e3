/*
 * What a clear is about, in SQL: which conversations, messages, relations, files, dead letters and syncs go.
 *
 * Counting and removing read the same conditions. Each says of a row whether it goes once everything that goes with the
 * scope is gone, so it gives the same answer before, between and after the transactions of a clear.
 */
import type { Channel } from '@kith/contracts';
import { type SQL, sql } from 'drizzle-orm';

/** Everything, or what belongs to one channel, account or record. */
export type Scope =
  | { kind: 'everything' }
  | { kind: 'channel'; channel: Channel }
  | { kind: 'account'; accountId: string }
  | { kind: 'record'; recordId: string };

/** A scope in a workspace; decisions of people go only where they are asked for too. */
export interface Clearing {
  workspace: string;
  scope: Scope;
  keepsDecisions: boolean;
}

/** Of an account, single messages go; of anything else, conversations as a whole. */
export const isWhole = ({ scope }: Clearing): boolean => scope.kind !== 'account';

/** Whether a conversation `c` goes, for a scope of whole conversations. */
export function conversationGoes({ scope, workspace }: Clearing): SQL {
  switch (scope.kind) {
    case 'everything':
      return sql`true`;
    case 'channel':
      return sql`c.channel = ${scope.channel}`;
    case 'account':
      return sql`false`;
    case 'record':
      return sql`c.id in (
        select cp.conversation_id from participant p
        join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
        where p.workspace_id = ${workspace} and p.record_id = ${scope.recordId})`;
  }
}

/** Whether a message `m` goes: of an account, one that no other account has seen. */
export function messageGoes(clearing: Clearing): SQL {
  const { scope } = clearing;
  switch (scope.kind) {
    case 'everything':
      return sql`true`;
    case 'channel':
      return sql`m.channel = ${scope.channel}`;
    case 'account':
      return sql`m.id in (
          select s.message_id from message_sighting s
          where s.workspace_id = ${clearing.workspace} and s.account_id = ${scope.accountId})
        and not exists (
          select 1 from message_sighting s
          where s.workspace_id = m.workspace_id and s.message_id = m.id and s.account_id <> ${scope.accountId})`;
    case 'record':
      return sql`m.conversation_id in (
        select c.id from conversation c where c.workspace_id = ${clearing.workspace} and ${conversationGoes(clearing)})`;
  }
}

/** Whether a row `t` of a table that names its channel and account goes. */
export function tellingGoes({ scope }: Clearing): SQL {
  switch (scope.kind) {
    case 'everything':
      return sql`true`;
    case 'channel':
      return sql`t.channel = ${scope.channel}`;
    case 'account':
      return sql`t.account_id = ${scope.accountId}`;
    case 'record':
      return sql`false`;
  }
}

/** Whether a `participant_relation` `t` goes. */
export function relationGoes(clearing: Clearing): SQL {
  if (clearing.scope.kind !== 'channel') return tellingGoes(clearing);
  return sql`t.identifier_id in (
    select i.id from participant_identifier i
    where i.workspace_id = ${clearing.workspace} and i.channel = ${clearing.scope.channel})`;
}

/** Whether a `media` `t` goes with the scope itself, whatever names it. */
export const mediaGoes = (clearing: Clearing): SQL =>
  clearing.scope.kind === 'account' ? sql`false` : tellingGoes(clearing);

/** Whether a `sync_part` `t` goes. */
export const syncPartGoes = (clearing: Clearing): SQL =>
  clearing.scope.kind === 'record' ? sql`t.record_id = ${clearing.scope.recordId}` : tellingGoes(clearing);

/** Whether a `sync` `t` goes, if none of its parts is left. */
export function syncGoes({ scope }: Clearing): SQL {
  if (scope.kind === 'everything') return sql`true`;
  if (scope.kind === 'account') return sql`t.account_id = ${scope.accountId}`;
  return scope.kind === 'record' ? sql`t.record_id = ${scope.recordId}` : sql`false`;
}

/**
 * Whether a person decided about a live participant `p`, or one that merged into it: it stays, with its identifiers and
 * its history.
 */
export function isDecided({ keepsDecisions }: Pick<Clearing, 'keepsDecisions'>): SQL {
  if (!keepsDecisions) return sql`false`;
  return sql`exists (
    select 1 from participant g
    where g.workspace_id = p.workspace_id and (g.id = p.id or g.merged_into = p.id) and (
      g.manual or g.dismissed
      or exists (
        select 1 from participant_decision d where d.workspace_id = g.workspace_id and d.participant_id = g.id)
      or exists (
        select 1 from participant_separation s where s.workspace_id = g.workspace_id and s.participant_a = g.id)
      or exists (
        select 1 from participant_separation s where s.workspace_id = g.workspace_id and s.participant_b = g.id)))`;
}

/**
 * Messages that are not stored and of which something was told all the same, by nobody but the scope. Which they are
 * is only known by the deliveries that told it, so all of them are read: for a scope that says no more than that.
 */
export function strayMessages({ scope, workspace }: Clearing): SQL {
  if (scope.kind === 'record') return sql`select null::uuid as id where false`;
  const told = ['message_status', 'message_change', 'message_reaction'].map(
    (table) => sql`select message_id as id from ${sql.raw(table)} where workspace_id = ${workspace}`,
  );
  const stray = sql`select told.id from (${sql.join(told, sql` union `)}) told
    where not exists (select 1 from message m where m.workspace_id = ${workspace} and m.id = told.id)`;
  if (scope.kind === 'everything') return stray;
  const isOfScope =
    scope.kind === 'channel' ? sql`d.channel = ${scope.channel}` : sql`d.account_id = ${scope.accountId}`;
  return sql`select stray.id from (${stray}) stray join (
    select (o->>'messageId')::uuid as id from delivery d cross join lateral jsonb_array_elements(d.outcomes) o
    where d.workspace_id = ${workspace} and o ? 'messageId'
    group by 1 having bool_and(${isOfScope})) told on told.id = stray.id`;
}
