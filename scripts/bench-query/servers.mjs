/* The servers that reads are measured on: Postgres as in production with a populated workspace, NATS, the built query. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { createApiKey, openDatabase } from '@kith/database';
import { createLog } from '@kith/service';
import { startPostgres } from '@kith/stack';
import { startTestNats } from '@kith/stack/testing';
import { startQuery } from '../query-process.mjs';
import { populated } from './populated.mjs';

const mebibytes = (share) => `${Math.floor((totalmem() * share) / 2 ** 20)}MB`;

/** As for a machine that is the database's own; `work_mem` as Postgres has it. */
const settings = {
  ...{ shared_buffers: mebibytes(0.25), effective_cache_size: mebibytes(0.5) },
  ...{ maintenance_work_mem: '512MB', max_wal_size: '4GB' },
};
/** Nothing is lost by a crash while loading but the load. */
const loading = {
  ...{ fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
  ...{ wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' },
};

/** Runs `work` with everything that is measured; ends all of it afterwards. */
export async function withQueryService(options, work) {
  const closers = [];
  const owned = (resource) => {
    closers.unshift(() => resource[Symbol.asyncDispose]());
    return resource;
  };
  try {
    const { url, population } = await openPostgres(options, { owned, closers });
    const nats = owned(await startTestNats());
    const log = createLog({ name: 'bench', level: 'error' });
    const bus = owned(await openBus({ url: nats.url, name: 'bench', log }));
    await declareTestStreams(bus);
    const db = owned(openDatabase({ url, name: 'bench', statementTimeoutMs: 120_000 }));
    const { apiKey } = await createApiKey(db, { workspace: population.workspace, name: 'bench' });
    const query = await startQuery({ databaseUrl: url, natsUrl: nats.url });
    closers.unshift(query.stop);
    await work({ ...population, databaseUrl: url, db, bus, apiKey, queryUrl: query.url });
  } finally {
    for (const close of closers) await close();
  }
}

async function openPostgres({ database, keep, messages }, { owned, closers }) {
  if (database !== undefined) return { url: database, population: await populated(database, null) };
  const directory = keep ?? (await mkdtemp(join(tmpdir(), 'kith-bench-')));
  if (keep === undefined) closers.unshift(() => rm(directory, { recursive: true, force: true }));
  await mkdir(directory, { recursive: true });
  // Root lends Postgres another user, who must be able to pass.
  await chmod(directory, 0o711);
  const dataDir = join(directory, `postgres-${messages}`);
  const loader = await startPostgres({ dataDir, settings: { ...settings, ...loading } });
  const population = await populated(loader.url, messages).finally(() => loader.stop());
  const postgres = owned(await startPostgres({ dataDir, settings }));
  return { url: postgres.url, population };
}
