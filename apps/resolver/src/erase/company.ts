import type { Identifier } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** Those of the identifiers that are the company's own, as `<kind> <value>`: an account's, the team's, or an internal participant's. */
export async function companyAmong(tx: Tx, identifiers: readonly Identifier[]): Promise<ReadonlySet<string>> {
  if (identifiers.length === 0) return new Set();
  const rows = await tx.rows<Identifier>(sql`
    select input.kind, input.value from ${rowSet(identifiers, 'kind text, value text')}
    where exists (
        select 1 from account_identifier a
        where a.workspace_id = ${tx.workspace} and a.kind = input.kind and a.value = input.value)
      or exists (
        select 1 from team_identity t
        where t.workspace_id = ${tx.workspace} and (
          (t.kind = input.kind and t.value = input.value)
          or (input.kind = 'email' and t.kind = 'domain' and t.value = split_part(input.value, '@', 2))))
      or exists (
        select 1 from participant_identifier i
        join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id
        where i.workspace_id = ${tx.workspace} and i.kind = input.kind and i.value = input.value
          and p.status = 'internal')`);
  return new Set(rows.map(({ kind, value }) => `${kind} ${value}`));
}
