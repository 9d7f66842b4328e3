/*
 * Many subscribers in one process, as cheap as they can be: bare sockets that speak just enough HTTP. Each knows the
 * number of the last event it saw of its record, so what is missed or comes twice is counted as it arrives.
 *
 * Forked by measure.mjs, which asks by messages: `open`, `cut`, `resume`, `count`.
 */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

let target;
let subscribers = [];
const counts = { received: 0, missed: 0, doubled: 0 };
const waits = [];

const answers = {
  open: async ({ url, apiKey, recordIds }) => {
    target = { url: new URL(url), apiKey };
    subscribers = recordIds.map((recordId) => ({ recordId, last: 0 }));
    await openAll();
  },
  cut: () => {
    for (const { socket } of subscribers) socket.destroy();
  },
  resume: () => openAll(),
  count: () => {
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { ...counts, p50: at(0.5), p99: at(0.99), max: at(1) };
  },
};

process.on('message', async ({ id, name, input }) => {
  process.send({ id, answer: (await answers[name](input)) ?? null });
});
process.on('disconnect', () => process.exit(0));

async function openAll() {
  await Promise.all(subscribers.map((subscriber) => open(subscriber)));
}

/** Resolves when the service has said that the subscription stands; tries again until it does. */
async function open(subscriber) {
  for (;;) {
    const socket = connect(Number(target.url.port), target.url.hostname);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    subscriber.socket = socket;
    socket.write(requestOf(subscriber));
    const isOpen = await new Promise((resolve) => {
      socket.once('close', () => resolve(false));
      receive(subscriber, socket, () => resolve(true));
    });
    if (isOpen) return;
    await delay(20);
  }
}

function requestOf({ recordId, lastEventId }) {
  const input = encodeURIComponent(JSON.stringify({ recordId }));
  const resume = lastEventId === undefined ? '' : `last-event-id: ${lastEventId}\r\n`;
  return (
    `GET /trpc/records.onActivity?input=${input} HTTP/1.1\r\nhost: ${target.url.host}\r\n` +
    `accept: text/event-stream\r\nauthorization: Bearer ${target.apiKey}\r\n${resume}\r\n`
  );
}

const eventPattern = /"messageId":"(\d+)@(\d+)"[^\n]*\n[^d]*id: (\d+)\n/g;

function receive(subscriber, socket, onOpen) {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (piece) => {
    text += piece;
    if (text.includes('event: connected')) onOpen();
    let end = 0;
    for (const match of text.matchAll(eventPattern)) {
      take(subscriber, { number: Number(match[1]), sentAt: BigInt(match[2]), eventId: match[3] });
      end = match.index + match[0].length;
    }
    text = text.slice(Math.max(end, text.length - 2_000));
  });
}

function take(subscriber, { number, sentAt, eventId }) {
  counts.received += 1;
  if (number <= subscriber.last) counts.doubled += 1;
  else counts.missed += number - subscriber.last - 1;
  subscriber.last = Math.max(subscriber.last, number);
  subscriber.lastEventId = eventId;
  waits.push(Number(process.hrtime.bigint() - sentAt) / 1e6);
}
