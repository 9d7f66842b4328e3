/*
 * The team: whoever belongs to the company without being one of its accounts. Their participants are internal, which
 * stands above every link; what is taken off the list is somebody again, with the record that its identifiers name.
 */
import { type Identifier, IdentifierKind } from '@kith/contracts';
import { rowSet, textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { participantsHolding } from '../resolve/holders.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import type { TeamInput } from './team-input.ts';

/** A row of `team_identity`. */
interface TeamIdentity {
  kind: Identifier['kind'] | 'domain';
  value: string;
}

/** Makes the team exactly this, and answers how many participants became internal. */
export async function replaceTeam(
  tx: Tx,
  team: TeamInput,
  options: { at: string; actor: string },
): Promise<{ internal: number }> {
  const changed = await replaceIdentities(tx, [
    ...team.identifiers,
    ...team.domains.map((value): TeamIdentity => ({ kind: 'domain', value })),
  ]);
  const identifiers = changed.flatMap(({ kind, value }) => {
    const known = IdentifierKind.safeParse(kind);
    return known.success ? [{ kind: known.data, value }] : [];
  });
  const domains = changed.flatMap(({ kind, value }) => (kind === 'domain' ? [value] : []));
  const affected = [...(await participantsHolding(tx, identifiers)), ...(await participantsAt(tx, domains))];
  const changes = await resolveParticipants(tx, [...new Set(affected)], {
    reason: 'account_changed',
    ...options,
  });
  return { internal: changes.filter(({ after }) => after.status === 'internal').length };
}

async function replaceIdentities(tx: Tx, identities: readonly TeamIdentity[]): Promise<TeamIdentity[]> {
  const input = rowSet(identities, 'kind text, value text');
  const lost = await tx.rows<TeamIdentity>(sql`
    delete from team_identity t
    where t.workspace_id = ${tx.workspace}
      and not exists (select 1 from ${input} where input.kind = t.kind and input.value = t.value)
    returning t.kind, t.value`);
  const gained = await tx.rows<TeamIdentity>(sql`
    insert into team_identity (workspace_id, kind, value)
    select ${tx.workspace}, kind, value from ${input}
    on conflict do nothing
    returning kind, value`);
  return [...lost, ...gained];
}

/** Whoever has an email address at exactly one of the domains; written as its index has it. */
async function participantsAt(tx: Tx, domains: readonly string[]): Promise<string[]> {
  if (domains.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct participant_id as id from participant_identifier
    where workspace_id = ${tx.workspace} and kind = 'email' and split_part(value, '@', 2) = any(${textArray(domains)})`);
  return rows.map(({ id }) => id);
}
