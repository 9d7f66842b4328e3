import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { openEmptyDatabase, openTestDatabase } from './testing.ts';

const packageFolder = join(import.meta.dirname, '..');

test('ten processes that migrate at once apply each file once', async () => {
  await using database = await openEmptyDatabase();
  const results = await Promise.all(Array.from({ length: 10 }, () => migrate(database.url)));
  expect(results.filter(({ applied }) => applied > 0)).toHaveLength(1);
  expect(await migrate(database.url)).toEqual({ applied: 0 });
});

test('a database of a newer version is refused with what to do', async () => {
  await using database = await openTestDatabase();
  await database.db.rows(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e15)`,
  );
  await expect(migrate(database.url)).rejects.toThrow(/start the newer version/);
});

test('the migrations give exactly the schema that the code declares', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-migrations-'));
  await cp(join(packageFolder, 'migrations'), folder, { recursive: true });
  const generated = spawnSync(
    join(packageFolder, 'node_modules/.bin/drizzle-kit'),
    [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './dist/schema/index.js',
      '--out',
      relative(packageFolder, folder),
    ],
    { cwd: packageFolder, encoding: 'utf8' },
  );
  await rm(folder, { recursive: true, force: true });
  expect(generated.stdout + generated.stderr).toContain('No schema changes');
});

test('the workspace is the first part of every primary key, and of every index but those named here', async () => {
  await using database = await openTestDatabase();
  const rows = await database.db.rows<{ name: string; first: string }>(sql`
    select i.relname as name, a.attname as first
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
    where t.relname <> 'workspace' and a.attname <> 'workspace_id' order by name`);
  expect(rows.map(({ name }) => name)).toEqual([
    // Where the workspace comes from.
    'api_key_hash_key',
    // Words have their workspace in them.
    'message_search_words_idx',
    // The relay serves every workspace.
    'outbox_facts_idx',
    'outbox_states_idx',
    'participant_search_words_idx',
    'record_search_words_idx',
  ]);
});
