/*
 * How fast a provider is answered: signed bodies at saturation and at half of it, to the built ingest services over a
 * real nats-server, and in the same run to a bare server that keeps nothing. Every 200 of ours is durable.
 *
 * `-- --seconds 20 --connections 32`. What is answered is read meanwhile and afterwards; how much was left, and how
 * long it took, is printed as well.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { receivedStream } from '@kith/contracts';
import { cases } from './bench-ingest/bodies.mjs';
import { drain, hardware, withProcesses } from './bench-ingest/processes.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '32' },
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(values.seconds);
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
  const url = await kith.connect(one);
  await post(one, `${bare.url}/`, { seconds: 2 });
  await post(one, url, { seconds: 2 });
  await drain(bus);
  const bareFull = await post(one, `${bare.url}/`, { seconds });
  const kithFull = await post(one, url, { seconds });
  const { messages: left } = await bus.streamState(receivedStream);
  const drained = await drain(bus);
  const bareHalf = await post(one, `${bare.url}/`, { seconds, rate: bareFull.perSecond / 2 });
  const kithHalf = await post(one, url, { seconds, rate: kithFull.perSecond / 2 });
  const rest = await drain(bus);
  const ratio = Number((kithFull.perSecond / bareFull.perSecond).toFixed(2));
  return [
    rowOf(`${one.name}, bare, saturated`, bareFull),
    { ...rowOf(`${one.name}, Kith, saturated`, kithFull), ratio, left, 'read after s': drained },
    rowOf(`${one.name}, bare, half`, bareHalf),
    { ...rowOf(`${one.name}, Kith, half`, kithHalf), 'read after s': rest },
  ];
}

function rowOf(what, { perSecond, p50, p99, not200 }) {
  return { what, 'requests/s': Math.round(perSecond), 'p50 ms': p50, 'p99 ms': p99, 'not 200': not200 };
}

async function post(one, url, { seconds: duration, rate }) {
  const result = await autocannon({
    ...{ url, connections, duration, method: 'POST', headers: one.headers, body: one.body },
    ...(rate === undefined ? {} : { overallRate: Math.round(rate) }),
  });
  await delay(500);
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    not200: result.non2xx + result.errors,
  };
}
