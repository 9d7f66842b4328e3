/*
 * What of a record's past each account has been asked for.
 *
 * A part of a sync that completed covers what it asked for, from its beginning to its end; one of the whole account
 * covers every record. What the record came to be known by since then is still missing.
 */
import {
  type Channel,
  type Coverage,
  historyOf,
  type Identifier,
  identifyingKinds,
  type Provider,
  type SyncReason,
} from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { todoOf } from './syncs.ts';

/** A part of a sync of the record, or of the account as a whole. */
export interface CoveringPart {
  syncId: string;
  state: string;
  reason: SyncReason | null;
  detail: string | null;
  /** As `<kind> <value>`; null for everything. */
  identifiers: string[] | null;
  since: string | null;
  until: string;
}

/** An account with the parts that concern the record, newest first. */
export interface CoveredAccount {
  accountId: string;
  channel: Channel;
  provider: Provider;
  settings: Record<string, unknown>;
  liveSince: string;
  parts: CoveringPart[];
}

/** More parts than this do not change what is shown. */
const partsMax = 50;

/** The coverage of a record, by account. */
export async function readCoverage(db: Rows, workspace: string, recordId: string): Promise<Coverage[]> {
  const [accounts, identifiers] = await Promise.all([
    readAccounts(db, workspace, recordId),
    db.rows<Identifier>(sql`
      select kind, value from record_identifier
      where workspace_id = ${workspace} and record_id = ${recordId} group by kind, value order by kind, value`),
  ]);
  return accounts.map((account) => coverageOf(account, identifiers));
}

const readAccounts = (db: Rows, workspace: string, recordId: string): Promise<CoveredAccount[]> =>
  db.rows<CoveredAccount>(sql`
    select a.account_id as "accountId", a.channel, a.provider, a.settings, a.created_at as "liveSince",
      coalesce((
        select json_agg(json_build_object('syncId', p.sync_id, 'state', p.state, 'reason', p.reason,
          'detail', p.detail, 'identifiers', p.identifiers, 'since', to_char(p.since at time zone 'utc', ${isoForm}),
          'until', to_char(p.until at time zone 'utc', ${isoForm})) order by p.requested_at desc, p.id)
        from (
          (select * from sync_part p
            where p.workspace_id = a.workspace_id and p.record_id = ${recordId} and p.account_id = a.account_id
            order by p.requested_at desc limit ${partsMax})
          union all
          (select * from sync_part p
            where p.workspace_id = a.workspace_id and p.account_id = a.account_id and p.scope = 'account'
            order by p.requested_at desc limit ${partsMax})) p), '[]') as parts
    from account a
    where a.workspace_id = ${workspace} and a.deleted_at is null
    order by a.account_id`);

const isoForm = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/** What an account has been asked of somebody known by these. */
export function coverageOf(account: CoveredAccount, identifiers: readonly Identifier[]): Coverage {
  const { accountId, channel, provider, settings, liveSince, parts } = account;
  const kinds: readonly string[] = identifyingKinds[channel];
  const known = identifiers.filter(({ kind }) => kinds.includes(kind));
  const completed = parts.filter(({ state }) => state === 'completed');
  const isAsked = askedOf(completed);
  const missing = known.filter((identifier) => !isAsked(identifier));
  const names = new Set(known.map(nameOf));
  const covering = completed.filter((part) =>
    part.identifiers === null ? known.length > 0 : part.identifiers.some((name) => names.has(name)),
  );
  const shown = { accountId, channel, provider, liveSince, ...rangeOf(covering) };
  const missingIdentifiers = missing.map(({ value }) => value);
  const rest = { ...shown, missingIdentifiers, syncId: parts[0]?.syncId ?? null };
  const history = historyOf(provider, settings);
  if (history !== 'can_be_asked') return { ...rest, ...troubleOf('not_possible', history) };
  if (known.length === 0) return { ...rest, ...troubleOf('not_possible', 'no_identifiers') };
  return { ...rest, ...progressOf(parts, { missing, covering }) };
}

type Progress = Pick<Coverage, 'state' | 'reason' | 'detail' | 'todo'>;

function progressOf(
  [last]: readonly CoveringPart[],
  { missing, covering }: { missing: readonly Identifier[]; covering: readonly CoveringPart[] },
): Progress {
  if (last?.state === 'running' || last?.state === 'waiting') {
    return troubleOf('pending', last.reason, last.detail);
  }
  const isFromBeginning = covering.some(({ since }) => since === null);
  if (missing.length === 0) return troubleOf(isFromBeginning ? 'complete' : 'partial', null);
  if (last?.state === 'failed') return troubleOf('failed', last.reason, last.detail);
  return troubleOf(covering.length === 0 ? 'none' : 'partial', null);
}

/** Whether some of the parts asked for an identifier; a record may have thousands, and so may a part. */
function askedOf(parts: readonly CoveringPart[]): (identifier: Identifier) => boolean {
  if (parts.some(({ identifiers }) => identifiers === null)) return () => true;
  const names = new Set(parts.flatMap(({ identifiers }) => identifiers ?? []));
  return (identifier) => names.has(nameOf(identifier));
}

const nameOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;

/** From the earliest beginning to the latest end. */
function rangeOf(covering: readonly CoveringPart[]): Pick<Coverage, 'since' | 'until'> {
  if (covering.length === 0) return { since: null, until: null };
  const begins = covering.map(({ since }) => since ?? '').toSorted();
  const ends = covering.map(({ until }) => until).toSorted();
  return { since: begins[0] === '' ? null : (begins[0] ?? null), until: ends.at(-1) ?? null };
}

const troubleOf = (
  state: Coverage['state'],
  reason: SyncReason | null,
  detail: string | null = null,
): Progress => ({ state, reason, detail, todo: todoOf(reason) });
