/*
 * What a call costs and how it ends: each is measured by itself, may take so long, and ends with its caller.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { openDatabase, type SlowStatement } from '@kith/database';
import { createLog, listen } from '@kith/service';
import { sql } from 'drizzle-orm';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createClient,
  openQueryService,
  type QueryService,
  type Tenant,
  testCursors,
} from '../test/query-service.ts';
import { createQueryApp } from './server.ts';

let service: QueryService;
let tenant: Tenant;
beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  await tenant.seed.record({ recordId: '93', title: 'Ana Lima' });
});
afterAll(() => service[Symbol.asyncDispose]());

/** The service on three connections of its own, with what it logged and what it measures. */
async function openOwn(name: string, options: { statementTimeoutMs?: number; slowMs?: number } = {}) {
  const lines: string[] = [];
  const log = createLog({ name, level: 'warn' }, { write: (line) => void lines.push(line) });
  const db = openDatabase({
    url: service.databaseUrl,
    name,
    connectionsMax: 3,
    statementTimeoutMs: options.statementTimeoutMs ?? 10_000,
    slowStatements: {
      afterMs: options.slowMs ?? 0,
      report: (slow) => log.warn(slow, 'a statement was slow'),
    },
  });
  const metrics = new Registry();
  const app = createQueryApp({ ...service.sources, db, cursors: testCursors, log, metrics });
  const server = await listen({ handler: app.fetch, host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    client: createClient(server.url, tenant.apiKey),
    lines,
    slow: () => lines.map((line) => JSON.parse(line) as SlowStatement).filter((line) => 'statement' in line),
    metrics: () => metrics.metrics(),
    [Symbol.asyncDispose]: async () => {
      await server.close(0);
      await db.close();
    },
  };
}

/** What the connections of a name do, as the server sees it. */
const activityOf = (name: string) =>
  service.db.rows<{ state: string; query: string }>(
    sql`select state, query from pg_stat_activity where application_name = ${name} order by state`,
  );

/** Holds every read of records back until `release`. */
async function holdRecords(): Promise<() => Promise<void>> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let isHeld = (): void => {};
  const held = new Promise<void>((resolve) => (isHeld = resolve));
  const holding = service.db.write('holder', async (tx) => {
    await tx.rows(sql`lock table record in access exclusive mode`);
    isHeld();
    await released;
  });
  await held;
  return async () => {
    release();
    await holding;
  };
}

test('a caller that goes away takes the statements of its whole batch along', async () => {
  await using own = await openOwn('kith-test-leaving');
  const release = await holdRecords();
  try {
    const input = encodeURIComponent(JSON.stringify({ 0: {}, 1: {}, 2: {}, 3: {}, 4: {} }));
    const procedures = Array.from({ length: 5 }, () => 'records.search').join(',');
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `GET /trpc/${procedures}?batch=1&input=${input} HTTP/1.1\r\nhost: kith\r\nauthorization: Bearer ${tenant.apiKey}\r\n\r\n`,
    );
    const states = async () => (await activityOf('kith-test-leaving')).map(({ state }) => state);
    await expect.poll(states).toEqual(['active', 'active', 'active']);
    expect((await activityOf('kith-test-leaving'))[0]?.query).toMatch(
      /^\/\* records\.search record-search \*\/ /,
    );
    socket.destroy();
    await expect.poll(states).toEqual(['idle', 'idle', 'idle']);
  } finally {
    await release();
  }
  const ended = 'kith_procedure_duration_seconds_count{procedure="records.search",outcome="cancelled"} 5';
  await expect.poll(own.metrics).toContain(ended);
  expect(own.lines).toEqual([]);
  await expect(own.client.records.search.query({})).resolves.toMatchObject({ items: [{ recordId: '93' }] });
  expect(await own.metrics()).toContain('kith_postgres_connections{state="idle"} 3');
});

test('a read that takes too long says so and what to do, and is logged without what it searched for', async () => {
  await using own = await openOwn('kith-test-slow', { statementTimeoutMs: 150, slowMs: 100 });
  const release = await holdRecords();
  try {
    await expect(own.client.records.search.query({ query: 'ana@lima.example' })).rejects.toMatchObject({
      message: expect.stringContaining('ask for less') as string,
      data: { httpStatus: 422, kith: { code: 'too_slow' } },
    });
  } finally {
    await release();
  }
  await expect.poll(own.slow).toHaveLength(1);
  expect(own.slow()).toMatchObject([
    {
      statement: 'records.search record-search',
      outcome: 'too_slow',
      rows: 0,
      requestId: expect.any(String) as string,
    },
  ]);
  expect(own.lines.join()).not.toContain('lima');
});

test('every call of a batch is measured under its own name and outcome', async () => {
  await using own = await openOwn('kith-test-measured');
  const { records, participants } = own.client;
  await Promise.allSettled([
    records.get.query({ recordId: '93' }),
    records.get.query({ recordId: 'nobody' }),
    participants.search.query({ limit: 0 }),
    createClient(own.url, 'kith_nobody').records.search.query({}),
  ]);
  const counts = (await own.metrics()).split('\n').filter((line) => line.includes('_count{'));
  expect(counts.toSorted()).toEqual([
    'kith_procedure_duration_seconds_count{procedure="participants.search",outcome="bad_input"} 1',
    'kith_procedure_duration_seconds_count{procedure="records.get",outcome="ok"} 1',
    'kith_procedure_duration_seconds_count{procedure="records.get",outcome="record_not_found"} 1',
    'kith_procedure_duration_seconds_count{procedure="records.search",outcome="unauthorized"} 1',
    'kith_procedure_postgres_seconds_count{procedure="participants.search"} 1',
    'kith_procedure_postgres_seconds_count{procedure="records.get"} 2',
    'kith_procedure_rows_count{procedure="participants.search"} 1',
    'kith_procedure_rows_count{procedure="records.get"} 2',
    'kith_procedure_statements_count{procedure="participants.search"} 1',
    'kith_procedure_statements_count{procedure="records.get"} 2',
  ]);
  expect(await own.metrics()).toContain('kith_procedure_rows_sum{procedure="records.get"} 1\n');
});
