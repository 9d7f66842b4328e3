/*
 * Puts back the task of a part that still runs and has none: a NATS that lost its data must not leave a sync without an
 * end. It begins at the provider's beginning, as the page after the last one that was taken in; what comes again is not
 * doubled.
 */
import type { Bus } from '@kith/bus';
import {
  beginningOfTask,
  type Channel,
  Identifier,
  type Provider,
  syncReportSubject,
  syncStream,
  type SyncTask,
  syncTaskSubject,
} from '@kith/contracts';
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeStates } from '../outbox/outbox.ts';

/** Longer than a report or a task is on its way. */
const quietMs = 120_000;

interface QuietPart extends Pick<
  SyncTask,
  'workspace' | 'partId' | 'syncId' | 'accountId' | 'since' | 'until'
> {
  channel: Channel;
  provider: Provider;
  identifiers: string[] | null;
  pages: number;
}

/** Puts tasks back, and answers how many. Rejects when NATS or Postgres is away. */
export async function reviveTasks(parts: { db: Database; bus: Bus }, now: Date): Promise<number> {
  const quiet = await findQuiet(parts.db, new Date(now.getTime() - quietMs).toISOString());
  if (quiet.length === 0) return 0;
  const tasks = await parts.bus.subjectCounts(syncStream, syncTaskSubject('*', '*', '*'));
  const reports = await parts.bus.subjectCounts(syncStream, syncReportSubject('*', '*', '*'));
  const reported = new Set([...reports.keys()].map((subject) => subject.split('.').slice(0, -1).join('.')));
  const lost = quiet.filter(
    ({ channel, workspace, partId }) =>
      !tasks.has(syncTaskSubject(channel, workspace, partId)) &&
      !reported.has(syncReportSubject(workspace, partId, '*').split('.').slice(0, -1).join('.')),
  );
  for (const part of lost) {
    const subject = syncTaskSubject(part.channel, part.workspace, part.partId);
    await parts.db.write(part.workspace, (tx) => writeStates(tx, [{ subject, payload: taskOf(part) }]));
  }
  return lost.length;
}

const findQuiet = (db: Database, before: string): Promise<QuietPart[]> =>
  db.rows<QuietPart>(sql`
    select workspace_id as workspace, id as "partId", sync_id as "syncId", account_id as "accountId", channel, provider,
      identifiers, since, until, pages
    from sync_part
    where finished_at is null and updated_at < ${before}::timestamptz
      and not exists (select 1 from outbox o where o.workspace_id = sync_part.workspace_id
        and o.subject like 'kith.sync.tasks.%.' || sync_part.id::text)
    order by requested_at, id limit 1000`);

function taskOf({ pages, identifiers, ...part }: QuietPart): SyncTask {
  const asked = identifiers === null ? null : identifiers.map(readIdentifier);
  return { ...beginningOfTask, ...part, identifiers: asked, page: pages + 1 };
}

function readIdentifier(text: string): Identifier {
  const space = text.indexOf(' ');
  return Identifier.parse({ kind: text.slice(0, space), value: text.slice(space + 1) });
}
