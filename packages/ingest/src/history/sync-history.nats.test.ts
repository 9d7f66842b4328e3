/*
 * A history in pages at a real server, fetched by a real service over a real nats-server.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  beginningOfTask,
  type Delivery,
  SyncReport,
  syncReportSubject,
  syncStream,
  type SyncTask,
  syncTaskSubject,
} from '@kith/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HostedPage, historyProvider } from '../../test/history-provider.ts';
import { startTestIngest, type TestIngest } from '../testing/test-ingest.ts';

const deadline = { timeout: 20_000 };
const id = '10000000-0000-8000-8000-000000000001';
const secrets = { username: 'kith', password: 'right' };

describe('a history that is fetched', () => {
  let host: Awaited<ReturnType<typeof openHost>>;
  let ingest: TestIngest;
  let reports: SyncReport[];
  let ending: AbortController;
  beforeEach(async () => {
    host = await openHost();
    ingest = await start(host.url);
    ending = new AbortController();
    reports = readReports(ingest, ending.signal);
  });
  afterEach(async () => {
    ending.abort();
    await ingest[Symbol.asyncDispose]();
    await host.close();
  });

  test('is published page by page, each told once its deliveries are there, with nothing left to do', async () => {
    host.pages = fivePages();
    await ask(ingest, host.url);
    await untilEnd(reports);
    expect(reports.map(({ page, state, fetched }) => [page, state, fetched])).toEqual([
      [1, 'running', 2],
      [2, 'running', 4],
      [3, 'running', 6],
      [4, 'running', 8],
      [5, 'completed', 10],
    ]);
    const deliveries = await ingest.deliveries();
    expect(deliveries.map(({ origin, accountId }) => [origin, accountId])).toEqual(
      Array.from({ length: 5 }, () => ['sync', 'mailbox']),
    );
    expect(textsOf(deliveries)).toHaveLength(10);
    expect(reports.flatMap(({ deliveryIds }) => deliveryIds)).toEqual(deliveries.map((found) => found.id));
    expect(reports[2]).toMatchObject({
      oldestAt: '2026-01-03T00:00:00.000Z',
      newestAt: '2026-01-03T01:00:00.000Z',
    });
    expect(await tasksLeft(ingest)).toBe(0);
  });

  test('counts a page that comes twice as two deliveries, whose messages are the same', async () => {
    const { '': only, ...others } = fivePages();
    const messages = only?.messages ?? [];
    host.pages = { ...others, '': { messages, next: 'again' }, again: { messages, next: null } };
    await ask(ingest, host.url);
    await untilEnd(reports);
    const deliveries = await ingest.deliveries();
    expect(reports.flatMap(({ deliveryIds }) => deliveryIds)).toEqual(deliveries.map((found) => found.id));
    expect(textsOf(deliveries)).toEqual(['message 1.0', 'message 1.1', 'message 1.0', 'message 1.1']);
  });

  test('goes on by itself after a plea for patience, and tells that it waits and until when', async () => {
    host.pages = fivePages();
    host.troubles = [{ status: 429, retryAfter: '1' }];
    await ask(ingest, host.url);
    await untilEnd(reports);
    const [waiting] = reports;
    expect(waiting).toMatchObject({ state: 'waiting', page: 1, reason: 'rate_limited', deliveryIds: [] });
    expect(Date.parse(waiting?.retryAt ?? '') - Date.parse(waiting?.at ?? '')).toBe(2_000);
    expect(reports.at(-1)).toMatchObject({ page: 5, state: 'completed' });
    expect(host.asked).toHaveLength(6);
    expect(textsOf(await ingest.deliveries())).toHaveLength(10);
  });

  test.each([
    ['an error of the provider', { status: 500 }, 'provider_unavailable'],
    ['half a page', { status: 200, body: '{"messages": [' }, 'bad_answer'],
  ])('waits after %s', async (_, trouble, reason) => {
    host.troubles = [trouble];
    await ask(ingest, host.url);
    await expect.poll(() => reports.at(0), deadline).toMatchObject({ state: 'waiting', page: 1, reason });
  });

  test('says so when the provider refuses, and asks no more', async () => {
    host.troubles = [{ status: 401 }];
    await ask(ingest, host.url);
    await untilEnd(reports);
    expect(reports).toMatchObject([{ state: 'failed', reason: 'credentials_refused' }]);
    expect(host.asked).toHaveLength(1);
    expect(await tasksLeft(ingest)).toBe(0);
  });

  test('says so when the account is gone', async () => {
    await ask(ingest, host.url, { deleted: true });
    await untilEnd(reports);
    expect(reports).toMatchObject([{ state: 'failed', reason: 'account_gone' }]);
  });

  test('goes on where it was when NATS is killed in the middle, and loses and doubles nothing', async () => {
    host.pages = fivePages();
    host.hold = 3;
    await ask(ingest, host.url);
    await expect.poll(() => host.asked.length, deadline).toBe(3);
    await ingest.nats.kill();
    host.release();
    await untilEnd(reports);
    expect(reports.at(-1)).toMatchObject({ page: 5, state: 'completed', fetched: 10 });
    expect(new Set(textsOf(await ingest.deliveries())).size).toBe(10);
    expect(host.asked.filter((cursor) => cursor === '')).toHaveLength(1);
  });
});

function fivePages(): Record<string, HostedPage> {
  const pages = [1, 2, 3, 4, 5].map((page): [string, HostedPage] => [
    page === 1 ? '' : `c${page}`,
    {
      messages: [0, 1].map((hour) => ({
        id: `${page}.${hour}`,
        text: `message ${page}.${hour}`,
        at: `2026-01-0${page}T0${hour}:00:00.000Z`,
      })),
      next: page === 5 ? null : `c${page + 1}`,
    },
  ]);
  return Object.fromEntries(pages);
}

async function start(hostUrl: string): Promise<TestIngest> {
  const settings = { KITH_EGRESS_ALLOW: new URL(hostUrl).host };
  return startTestIngest({ channel: 'email', providers: [historyProvider], settings });
}

async function ask(ingest: TestIngest, url: string, { deleted = false } = {}): Promise<void> {
  const account = { workspace: 'acme', accountId: 'mailbox', provider: 'postmark', secrets } as const;
  await ingest.connectAccount({ ...account, settings: { url }, deleted });
  await publish(ingest, first);
}

const first: SyncTask = {
  ...beginningOfTask,
  syncId: id,
  partId: id,
  workspace: 'acme',
  accountId: 'mailbox',
  channel: 'email',
  provider: 'postmark',
  identifiers: null,
  since: null,
  until: '2026-11-26T00:00:00.000Z',
};

const subject = syncTaskSubject('email', 'acme', id);
let published = 0;

async function publish({ bus }: TestIngest, task: SyncTask): Promise<void> {
  published += 1;
  await bus.publish(subject, Buffer.from(JSON.stringify(task)), { messageId: `test ${published}` });
}

/** Reads what is told, as the resolver would. */
function readReports({ bus }: TestIngest, signal: AbortSignal): SyncReport[] {
  const reports: SyncReport[] = [];
  bus.consumeBatches({
    stream: syncStream,
    durable: 'sync-reports',
    subject: syncReportSubject('*', '*', '*'),
    batchMax: 16,
    ackWaitMs: 5_000,
    signal,
    handle: async (batch) => {
      for (const message of batch) {
        reports.push(SyncReport.parse(JSON.parse(Buffer.from(message.payload).toString('utf8'))));
        message.ack();
      }
    },
  });
  return reports;
}

async function untilEnd(reports: readonly SyncReport[]): Promise<void> {
  const hasEnded = (): boolean => reports.some(({ state }) => state === 'completed' || state === 'failed');
  await expect.poll(hasEnded, deadline).toBe(true);
}

async function tasksLeft({ bus }: TestIngest): Promise<number> {
  const left = async (): Promise<number> => (await bus.subjectCounts(syncStream, 'kith.sync.tasks.>')).size;
  await expect.poll(left, deadline).toBe(0);
  return left();
}

const textsOf = (deliveries: readonly Delivery[]): string[] =>
  deliveries.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'message' ? [item.text] : [])));

interface Trouble {
  status: number;
  retryAfter?: string;
  body?: string;
}

/** A provider that answers pages by cursor; it may have troubles first, or hold back an answer. */
async function openHost() {
  let release = (): void => {};
  const host = {
    url: '',
    pages: {} as Record<string, HostedPage>,
    troubles: [] as Trouble[],
    asked: [] as string[],
    /** The number of the request that is held back until `release`; 0 for none. */
    hold: 0,
    release: () => release(),
    close: async () => {},
  };
  const server = createServer((req, res) => {
    const cursor = new URL(req.url ?? '/', 'http://host').searchParams.get('cursor') ?? '';
    host.asked.push(cursor);
    const answer = (): void => {
      const trouble = host.troubles.shift();
      const page = host.pages[cursor];
      const status = trouble?.status ?? (page === undefined ? 404 : 200);
      if (trouble?.retryAfter !== undefined) res.setHeader('retry-after', trouble.retryAfter);
      res.writeHead(status).end(trouble === undefined ? JSON.stringify(page) : (trouble.body ?? ''));
    };
    if (host.asked.length === host.hold) release = answer;
    else answer();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  host.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return host;
}
