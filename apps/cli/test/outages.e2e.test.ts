/*
 * Invariant 2 through outages: what was answered 200 is in the database afterwards, counted from the sender's own
 * list and not from our counters.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { openForeignDatabase } from '@kith/database';
import { waitUntil } from '@kith/stack';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

let stack: WholeStack;
beforeAll(async () => {
  stack = await startWholeStack({ demo: false });
  await stack.kith.write.accounts.upsert.mutate({
    accountId: 'load',
    channel: 'email',
    provider: 'mime',
    identifiers: [],
    secrets: { token: 'a-token-for-load' },
  });
});
afterAll(() => stack[Symbol.asyncDispose]());

const services = { resolver: 2, query: 1, 'ingest-email': 11, web: 0 };

/** When each service's process began: the same as long as it lives. */
async function startTimes(): Promise<Record<string, string>> {
  const times = await Promise.all(
    Object.entries(services).map(async ([name, offset]) => {
      const metrics = await (await fetch(`http://127.0.0.1:${stack.portBase + offset}/metrics`)).text();
      return [name, /process_start_time_seconds (\d+)/.exec(metrics)?.[1] ?? 'none'] as const;
    }),
  );
  return Object.fromEntries(times);
}

/** Posts mail after mail until stopped, and keeps the ids of the deliveries that were answered 200. */
function startLoad(prefix: string) {
  const accepted: string[] = [];
  const answers = new Map<number, number>();
  const ending = new AbortController();
  let count = 0;
  const sender = async () => {
    while (!ending.signal.aborted) {
      count += 1;
      const answer = await postMail(`${prefix}-${count}`);
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      if (answer.deliveryId !== undefined) accepted.push(answer.deliveryId);
      await breathe();
    }
  };
  const senders = Promise.all([sender(), sender(), sender(), sender()]);
  const stop = async () => {
    ending.abort();
    await senders;
  };
  return { accepted, answers, stop, [Symbol.asyncDispose]: stop };
}

async function postMail(id: string): Promise<{ status: number; deliveryId?: string }> {
  const body = `From: ${id}@load.example\r\nTo: desk@load.example\r\nSubject: ${id}\r\nMessage-ID: <${id}@load.example>\r\n\r\n${id}\r\n`;
  try {
    const response = await fetch(`${stack.local.urls.ingestEmail}/webhooks/mime/load`, {
      method: 'POST',
      headers: { authorization: 'Bearer a-token-for-load', 'content-type': 'message/rfc822' },
      body,
    });
    const answer = (await response.json()) as { deliveryId?: string };
    return response.status === 200 ? { status: 200, ...answer } : { status: response.status };
  } catch {
    // The service was killed before it answered: the sender does not know, and must send again.
    return { status: 0 };
  }
}

/** Every accepted delivery has its outcome, and it is that its mail was stored or is a copy of one that was. */
async function allAreAccountedFor(deliveryIds: readonly string[]): Promise<void> {
  const missing = async () => {
    const pending: string[] = [];
    for (let from = 0; from < deliveryIds.length; from += 500) {
      const part = deliveryIds.slice(from, from + 500);
      const { items } = await stack.kith.read.deliveries.outcomes.query({ deliveryIds: part });
      pending.push(
        ...items.filter(({ outcomes }) => outcomes?.[0]?.outcome !== 'stored').map((item) => item.deliveryId),
      );
    }
    return pending.length;
  };
  await expect.poll(missing, { timeout: 90_000, interval: 250 }).toBe(0);
  const adds = async () => {
    const sum = await stack.kith.read.deliveries.accounting.query();
    return [sum.pending, sum.accepted - sum.stored - sum.duplicate - sum.ignored - sum.deadLettered];
  };
  await expect.poll(adds, { timeout: 30_000, interval: 250 }).toEqual([0, 0]);
}

/** A statement that outlives the server it runs in by seconds: no new one can start before it ended. */
async function startLongStatement(): Promise<AsyncDisposable> {
  const db = openForeignDatabase({ url: stack.local.databaseUrl, name: 'long-statement' });
  const ask = (statement: string) => db.snapshot((at) => at.rows(statement));
  const ended = ask(`do $$ declare began timestamptz := clock_timestamp();
    begin while clock_timestamp() < began + interval '3 seconds' loop end loop; end $$`).catch(
    () => undefined,
  );
  const running = `select 1 from pg_stat_activity
    where application_name = 'long-statement' and query like 'do %' and state = 'active'`;
  await expect.poll(() => ask(running), { timeout: 10_000, interval: 20 }).toHaveLength(1);
  return {
    [Symbol.asyncDispose]: async () => {
      await ended;
      await db.close();
    },
  };
}

/** Waits until the load got `count` more answers of 200; when it does not, the error says what it got instead. */
async function untilAccepted(load: ReturnType<typeof startLoad>, count: number): Promise<void> {
  const target = load.accepted.length + count;
  const reached = await waitUntil(() => load.accepted.length >= target, { timeoutMs: 60_000 });
  if (reached) return;
  const answers = JSON.stringify(Object.fromEntries(load.answers));
  const printed = stack.lines.slice(-40).join('\n');
  throw new Error(`${load.accepted.length} of ${target} accepted; answers by status: ${answers}\n${printed}`);
}

test('Postgres restarted under load: no process of ours dies or hangs, and everything goes on by itself', async () => {
  const before = await startTimes();
  await using load = startLoad('postgres');
  await using _ = await startLongStatement();
  for (let round = 0; round < 3; round += 1) {
    await untilAccepted(load, 60);
    await stack.kill('postgres');
  }
  await untilAccepted(load, 60);
  await load.stop();
  await allAreAccountedFor(load.accepted);
  // Webhooks need no database: not one of them noticed.
  expect([...load.answers.keys()]).toEqual([200]);
  expect(await startTimes()).toEqual(before);
}, 240_000);

test('kill -9 of NATS and of each service under load loses nothing that was answered 200', async () => {
  await using load = startLoad('killed');
  for (const name of ['nats', 'resolver', 'ingest-email', 'query', 'nats', 'resolver']) {
    await untilAccepted(load, 40);
    await stack.kill(name);
  }
  await untilAccepted(load, 40);
  await load.stop();
  await allAreAccountedFor(load.accepted);
  expect([...load.answers.keys()].filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
}, 240_000);
