/*
 * How fast a provider is answered: signed bodies at saturation and at half of it, to the built ingest services over a
 * real nats-server, and in the same run to a bare server that keeps nothing. Every 200 of ours is durable.
 *
 * `-- --seconds 20 --connections 48`. The two are measured in turns of two seconds, because machines change their pace
 * within a minute, and while one is measured the other stands still; what is printed are the medians of the turns. How
 * fast the webhooks are read that were answered at saturation is measured afterwards; what is left then is thrown away.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { cases } from './bench-ingest/bodies.mjs';
import { countWaiting, discardWaiting, hardware, withProcesses } from './bench-ingest/processes.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '48' },
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(values.seconds);
const turnSeconds = 2;
const readSeconds = 5;
const connections = Number(values.connections);
const bodySizes = cases.map(({ name, body }) => `${name} ${Buffer.byteLength(body)}`).join(', ');

const rows = [];
await withProcesses(async (processes) => {
  for (const one of cases) {
    if (one.provider.includes(values.only)) rows.push(...(await measure(processes, one)));
  }
});
console.log(hardware());
console.log(`${connections} connections, ${seconds} s each; bodies in bytes: ${bodySizes}`);
console.table(rows);

async function measure({ bus, start, startService }, one) {
  const bare = await start('scripts/bench-ingest/bare-server.mjs', [one.provider, one.bareSecret], {});
  const kith = await startService(one.service);
  const sides = [
    { url: `${bare.url}/`, child: bare.child },
    { url: await kith.connect(one), child: kith.child },
  ];
  for (const { url } of sides) await post(one, url, { duration: turnSeconds });
  await discardWaiting(bus);
  console.log(`${one.name}: at saturation, ${seconds} s each …`);
  const [bareFull, kithFull] = await inTurns(one, sides, [undefined, undefined]);
  const readPerSecond = await measureReading(bus);
  await discardWaiting(bus);
  console.log(`${one.name}: at half of it …`);
  const rates = [bareFull.perSecond / 2, kithFull.perSecond / 2];
  const [bareHalf, kithHalf] = await inTurns(one, sides, rates);
  await discardWaiting(bus);
  const ratio = Number((kithFull.perSecond / bareFull.perSecond).toFixed(2));
  return [
    rowOf(`${one.name}, bare, saturated`, bareFull),
    { ...rowOf(`${one.name}, Kith, saturated`, kithFull), ratio, 'then read/s': readPerSecond },
    rowOf(`${one.name}, bare, half`, bareHalf),
    rowOf(`${one.name}, Kith, half`, kithHalf),
  ];
}

/** Webhooks that are read a second, while none is posted. */
async function measureReading(bus) {
  const [before, began] = [await countWaiting(bus), performance.now()];
  await delay(readSeconds * 1000);
  const after = await countWaiting(bus);
  return Math.round((before - after) / ((performance.now() - began) / 1000));
}

/** Measures the sides in turns, each for `seconds` in all. */
async function inTurns(one, sides, rates) {
  const turns = sides.map(() => []);
  for (let turn = 0; turn < seconds / turnSeconds; turn += 1) {
    for (const [index, { url }] of sides.entries()) {
      const others = sides.filter((_, other) => other !== index);
      for (const { child } of others) child.kill('SIGSTOP');
      turns[index].push(await post(one, url, { duration: turnSeconds, rate: rates[index] }));
      for (const { child } of others) child.kill('SIGCONT');
    }
  }
  return turns.map((measured) => ({
    perSecond: median(measured.map(({ perSecond }) => perSecond)),
    p50: median(measured.map(({ p50 }) => p50)),
    p99: median(measured.map(({ p99 }) => p99)),
    not200: measured.reduce((sum, { not200 }) => sum + not200, 0),
  }));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function rowOf(what, { perSecond, p50, p99, not200 }) {
  return { what, 'requests/s': Math.round(perSecond), 'p50 ms': p50, 'p99 ms': p99, 'not 200': not200 };
}

async function post(one, url, { duration, rate }) {
  const result = await autocannon({
    ...{ url, connections, duration, method: 'POST', headers: one.headers, body: one.body },
    ...(rate === undefined ? {} : { overallRate: Math.round(rate) }),
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    not200: result.non2xx + result.errors,
  };
}
