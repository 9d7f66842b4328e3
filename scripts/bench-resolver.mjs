/* Runs the resolver's benchmark on an embedded Postgres whose durability is on, as in production. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const { startPostgres } = await import(join(root, 'packages/stack/dist/index.js'));
const directory = await mkdtemp(join(tmpdir(), 'kith-bench-'));
const postgres = await startPostgres({ dataDir: join(directory, 'postgres') });
const server = new URL(postgres.url);
server.pathname = '/postgres';
const run = spawnSync(process.execPath, [join(root, 'apps/resolver/bench/apply.mjs')], {
  stdio: 'inherit',
  env: { ...process.env, KITH_TEST_DATABASE_URL: server.href },
});
await postgres.stop();
await rm(directory, { recursive: true, force: true });
process.exitCode = run.status ?? 1;
