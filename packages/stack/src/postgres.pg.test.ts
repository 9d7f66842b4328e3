import { createServer } from 'node:net';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Client } from 'pg';
import { describe, expect, test } from 'vitest';

import { startInOwnerAndKillIt } from '../test/killed-owner.ts';
import { temporaryDirectory } from '../test/temporary.ts';
import { freePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { identifyProcess } from './process-identity.ts';
import { setup, startTestPostgres } from './testing.ts';
import { waitUntil } from './wait-until.ts';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('embedded Postgres', () => {
  test('has what was committed after a SIGKILL and after an immediate restart', async () => {
    await using directory = await temporaryDirectory();
    await using postgres = await startPostgres({ dataDir: join(directory.path, 'data') });
    await query(postgres.url, 'create table kept (value int); insert into kept values (1)');
    const before = postgres.pid();
    await postgres.kill();
    await postgres.whenReady();
    expect(postgres.pid()).not.toBe(before);
    await query(postgres.url, 'insert into kept values (2)');
    await postgres.restart('immediate');
    await postgres.restart();
    expect(await query(postgres.url, 'select value from kept order by 1')).toEqual([
      { value: 1 },
      { value: 2 },
    ]);
  });

  test('continues from its data at the next start, with the same password', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    const first = await startPostgres({ dataDir });
    await query(first.url, 'create table kept as select 1 as value');
    await first.stop();
    await using second = await startPostgres({ dataDir, port: first.port });
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  test('asks for a password, which only its owner can read', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    await using postgres = await startPostgres({ dataDir });
    const anonymous = `postgres://kith:wrong@127.0.0.1:${postgres.port}/kith`;
    await expect(query(anonymous, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600);
  });

  test('leaves no process and no note when it is stopped', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    const postgres = await startPostgres({ dataDir });
    const backends = await query(postgres.url, 'select pid from pg_stat_activity');
    const pids = [postgres.pid() ?? 0, ...backends.map(({ pid }) => Number(pid))];
    await postgres.stop();
    for (const pid of pids) expect(await identifyProcess(pid)).toBeNull();
    await expect(stat(`${dataDir}.pid`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('refuses a second start on the same data while the first lives', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    await using first = await startPostgres({ dataDir });
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'already_running' });
    expect(await query(first.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });
});

describe('after a kill -9 of the process that owned it', () => {
  test('the orphan is recognised and replaced at the next start, with its data', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    const start = { dataDir, diesWithParent: false };
    const orphan = await startInOwnerAndKillIt(`startPostgres(${JSON.stringify(start)})`);
    expect(await identifyProcess(orphan)).not.toBeNull();
    await using postgres = await startPostgres({ dataDir });
    expect(await identifyProcess(orphan)).toBeNull();
    expect(await query(postgres.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  test.runIf(process.platform === 'linux')('Postgres ends by itself on Linux', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    const orphan = await startInOwnerAndKillIt(`startPostgres(${JSON.stringify({ dataDir })})`);
    expect(await waitUntil(async () => (await identifyProcess(orphan)) === null, { timeoutMs: 10_000 })).toBe(
      true,
    );
  });
});

describe('a start that cannot succeed says what to do', () => {
  test('when the port is taken', async () => {
    await using directory = await temporaryDirectory();
    const port = await freePort();
    await using squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    await expect(startPostgres({ dataDir: join(directory.path, 'data'), port })).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringContaining(String(port)),
    });
  });

  test('when the data is of another major version', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = join(directory.path, 'data');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'PG_VERSION'), '15\n');
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({
      code: 'postgres_version',
      message: expect.stringMatching(/Postgres 15.*Postgres 18/),
    });
    expect(await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).toBe('15\n');
  });

  test('when the directory holds something else, or its password is lost', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(join(directory.path, 'notes.txt'), 'mine');
    const unusable = { code: 'data_directory_unusable' };
    await expect(startPostgres({ dataDir: directory.path })).rejects.toMatchObject(unusable);
    const dataDir = join(directory.path, 'data');
    await (await startPostgres({ dataDir })).stop();
    await rm(`${dataDir}.password`);
    await expect(startPostgres({ dataDir })).rejects.toMatchObject(unusable);
  });

  test('when a setting is wrong, in the words of the server', async () => {
    const start = startTestPostgres({ settings: { no_such_setting: 'on' } });
    await expect(start).rejects.toMatchObject({
      code: 'process_failed',
      message: expect.stringContaining('no_such_setting'),
    });
  });
});

test('the global setup of test runs gives a server where databases can be created, and ends it', async () => {
  const before = process.env['KITH_TEST_DATABASE_URL'];
  delete process.env['KITH_TEST_DATABASE_URL'];
  const teardown = await setup();
  const url = process.env['KITH_TEST_DATABASE_URL'] ?? '';
  await query(url, 'create database another');
  await teardown();
  await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  if (before !== undefined) process.env['KITH_TEST_DATABASE_URL'] = before;
});
