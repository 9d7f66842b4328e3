/*
 * How long an event is on its way to its subscribers, and what happens when all of them are cut and come back.
 *
 * The subscribers live in a process of their own. Times are read from the machine's one monotonic clock, from before an
 * event is given to NATS until its bytes are in a subscriber's process.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventSubject } from '@kith/contracts';

const patienceMs = 20_000;

/**
 * Opens one subscriber for each of `recordIds`, publishes `events` events in turn to the records at `perSecond`, and
 * waits until all have arrived. With `cutAfter`, all connections are cut when so many are published, and resume at once
 * when the rest is. Answers `{ connectMs, p50, p99, max, received, missed, doubled, residentMb, resumeMs? }`.
 */
export async function measureFanOut({ queryUrl, bus, workspace, apiKey, recordIds, ...load }) {
  const subscribers = startSubscribers();
  try {
    const connectMs = await timed(() => subscribers.ask('open', { url: queryUrl, apiKey, recordIds }));
    const publisher = createPublisher({ bus, workspace, recordIds });
    await publisher.publish({ events: load.cutAfter ?? load.events, perSecond: load.perSecond });
    await arrived(subscribers, publisher.expected());
    const counts = await subscribers.ask('count');
    const measured = { connectMs, residentMb: await residentMb(queryUrl) };
    if (load.cutAfter === undefined) return { ...measured, ...counts };
    await subscribers.ask('cut');
    await publisher.publish({ events: load.events - load.cutAfter, perSecond: load.perSecond });
    const resumeMs = await timed(async () => {
      await subscribers.ask('resume');
      await arrived(subscribers, publisher.expected());
    });
    return { ...measured, ...(await subscribers.ask('count')), resumeMs };
  } finally {
    subscribers.end();
  }
}

async function arrived(subscribers, expected) {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { received } = await subscribers.ask('count');
    if (received >= expected || performance.now() > deadline) return;
    await delay(20);
  }
}

/** Events are numbered for each record, and tell when they were sent. */
function createPublisher({ bus, workspace, recordIds }) {
  const records = [...new Set(recordIds)];
  const numbers = new Map(records.map((recordId) => [recordId, 0]));
  const perEvent = recordIds.length / records.length;
  let sent = 0;
  const send = (recordId) => {
    const number = numbers.get(recordId) + 1;
    numbers.set(recordId, number);
    return publishActivity(bus, workspace, { recordId, messageId: `${number}@${process.hrtime.bigint()}` });
  };
  return {
    expected: () => sent * perEvent,
    publish: async ({ events, perSecond }) => {
      const began = performance.now();
      const acknowledged = [];
      for (let n = 0; n < events; n += 1) {
        const due = began + (n * 1000) / perSecond;
        if (due > performance.now()) await delay(due - performance.now());
        acknowledged.push(send(records[sent % records.length]));
        sent += 1;
      }
      await Promise.all(acknowledged);
    },
  };
}

function publishActivity(bus, workspace, { recordId, messageId }) {
  const id = randomUUID();
  const event = {
    specversion: '1.0',
    id,
    source: 'kith/resolver',
    type: 'record.activity',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    workspace,
    schemaversion: '1',
    data: { recordId, reason: 'message', messageId, conversationId: randomUUID() },
  };
  const subject = eventSubject(workspace, 'record.activity');
  return bus.publish(subject, Buffer.from(JSON.stringify(event)), { messageId: id });
}

function startSubscribers() {
  const child = fork(join(import.meta.dirname, 'subscribers.mjs'));
  const waiting = new Map();
  let lastId = 0;
  child.on('message', ({ id, answer }) => waiting.get(id)(answer));
  return {
    ask: (name, input = {}) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        child.send({ id: lastId, name, input });
      }),
    end: () => child.disconnect(),
  };
}

async function timed(work) {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
}

async function residentMb(queryUrl) {
  const text = await (await fetch(`${queryUrl}/metrics`)).text();
  return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0) / 2 ** 20);
}
