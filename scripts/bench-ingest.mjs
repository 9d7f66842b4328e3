/*
 * How fast a provider is answered: signed bodies at saturation and at half of it, to the built ingest services over a
 * real nats-server, and in the same run to a bare server that keeps nothing. Every 200 of ours is durable.
 *
 * `-- --seconds 20 --connections 32`. What is answered is read meanwhile and afterwards; how much was left, and how
 * long it took, is printed as well.
 */
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { openBus } from '@kith/bus';
import { declareStreams } from '@kith/bus/testing';
import { accountSubject, receivedStream } from '@kith/contracts';
import { createLog, createSecretBox } from '@kith/service';
import { startNats } from '@kith/stack';
import { cases } from './bench-ingest/bodies.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '32' },
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const root = resolve(import.meta.dirname, '..');
const workspace = 'bench';
const accountId = 'bench';

const ratio = (one, other) => Number((one.perSecond / other.perSecond).toFixed(2));
const rowOf = (what, { perSecond, p50, p99, not200 }) => ({
  what,
  'requests/s': Math.round(perSecond),
  'p50 ms': p50,
  'p99 ms': p99,
  'not 200': not200,
});

const directory = await mkdtemp(join(tmpdir(), 'kith-bench-'));
const children = [];
const nats = await startNats({ storeDir: join(directory, 'nats') });
try {
  const bus = await openBus({
    url: nats.url,
    name: 'bench',
    log: createLog({ name: 'bench', level: 'error' }),
  });
  const gibibytes = 4 * 2 ** 30;
  await declareStreams(bus, {
    receivedBytesMax: gibibytes,
    inboundBytesMax: gibibytes,
    eventsBytesMax: 2 ** 24,
  });
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  console.log(`hardware: ${cpus().length} × ${cpu.model}, ${gib} GiB; Node ${process.version}`);
  console.log(`${connections} connections, ${seconds} s each; bodies in bytes: ${bodySizes()}\n`);
  const rows = [];
  for (const one of cases.filter(({ provider }) => provider.includes(values.only)))
    rows.push(...(await measure(bus, one)));
  console.table(rows);
  await bus.close();
} finally {
  for (const child of children) child.kill('SIGTERM');
  await nats.stop();
  await rm(directory, { recursive: true, force: true });
}

function bodySizes() {
  return cases.map(({ name, body }) => `${name} ${Buffer.byteLength(body)}`).join(', ');
}

async function measure(bus, one) {
  const bare = await start('scripts/bench-ingest/bare-server.mjs', [one.provider, one.bareSecret], {});
  const secretKey = randomBytes(32).toString('base64');
  const kith = await start(`apps/${one.service}/dist/main.js`, [], {
    ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', NATS_URL: nats.url },
    ...{ KITH_SECRET_KEY: secretKey, KITH_BLOB_DIR: join(directory, 'blobs') },
  });
  await connect(bus, one, secretKey);
  const url = `${kith.url}/webhooks/${one.provider}/${accountId}`;
  await post(one, `${bare.url}/`, { seconds: 2 });
  await post(one, url, { seconds: 2 });
  const bareFull = await post(one, `${bare.url}/`, { seconds });
  const kithFull = await post(one, url, { seconds });
  const { messages: left } = await bus.streamState(receivedStream);
  const drained = await drain(bus);
  const bareHalf = await post(one, `${bare.url}/`, { seconds, rate: bareFull.perSecond / 2 });
  const kithHalf = await post(one, url, { seconds, rate: kithFull.perSecond / 2 });
  const rest = await drain(bus);
  bare.child.kill('SIGTERM');
  kith.child.kill('SIGTERM');
  return [
    rowOf(`${one.name}, bare, saturated`, bareFull),
    {
      ...rowOf(`${one.name}, Kith, saturated`, kithFull),
      ratio: ratio(kithFull, bareFull),
      left,
      'read after s': drained,
    },
    rowOf(`${one.name}, bare, half`, bareHalf),
    { ...rowOf(`${one.name}, Kith, half`, kithHalf), 'read after s': rest },
  ];
}

async function post(one, url, { seconds: duration, rate }) {
  const result = await autocannon({
    url,
    connections,
    duration,
    method: 'POST',
    headers: one.headers,
    body: one.body,
    ...(rate === undefined ? {} : { overallRate: Math.round(rate) }),
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    not200: result.non2xx + result.errors,
  };
}

/** Seconds until everything that was answered was read. */
async function drain(bus) {
  const began = performance.now();
  while ((await bus.streamState(receivedStream)).messages > 0) await delay(100);
  return Number(((performance.now() - began) / 1000).toFixed(1));
}

async function connect(bus, { provider, channel, secrets }, secretKey) {
  const sealedSecrets = createSecretBox(secretKey).seal(`${workspace}/${accountId}`, secrets);
  const state = {
    version: 1,
    workspace,
    accountId,
    channel,
    provider,
    sealedSecrets,
    settings: {},
    deleted: false,
  };
  await bus.publish(accountSubject(workspace, accountId), Buffer.from(JSON.stringify(state)), {
    messageId: randomUUID(),
  });
}

/** Starts a process and waits for its line that tells the URL, and that it is ready. */
async function start(file, args, env) {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (piece) => (output += piece));
  while (!/"url":"http:/.test(output)) await delay(20);
  const url = /"url":"(http:[^"]+)"/.exec(output)[1];
  if (file.startsWith('apps/')) while ((await fetch(`${url}/readyz`)).status !== 200) await delay(50);
  return { child, url };
}
