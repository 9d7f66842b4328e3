import type { Identifier } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';

/** Who belongs to the company besides its accounts: identifiers, and domains at which everybody does. */
export async function readTeam(
  db: Rows,
  workspace: string,
): Promise<{ identifiers: Identifier[]; domains: string[] }> {
  const rows = await db.rows<Identifier | { kind: 'domain'; value: string }>(sql`
    select kind, value from team_identity where workspace_id = ${workspace} order by kind, value`);
  return {
    identifiers: rows.filter((row) => row.kind !== 'domain'),
    domains: rows.filter((row) => row.kind === 'domain').map((row) => row.value),
  };
}
