/* The processes that the benchmarks of the ingest services speak to, and accounts for them. */
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openBus } from '@kith/bus';
import { declareStreams } from '@kith/bus/testing';
import { accountSubject, inboundStream, mediaStream, receivedStream } from '@kith/contracts';
import { createLog, createSecretBox } from '@kith/service';
import { startNats } from '@kith/stack';

const root = resolve(import.meta.dirname, '../..');
const limits = { receivedBytesMax: 4 * 2 ** 30, inboundBytesMax: 4 * 2 ** 30, eventsBytesMax: 2 ** 24 };
const workspace = 'bench';
export const accountId = 'bench';

/** Runs `work` with a nats-server and ways to start processes; ends all of them afterwards. */
export async function withProcesses(work) {
  const directory = await mkdtemp(join(tmpdir(), 'kith-bench-'));
  const children = [];
  const nats = await startNats({ storeDir: join(directory, 'nats') });
  const log = createLog({ name: 'bench', level: 'error' });
  const bus = await openBus({ url: nats.url, name: 'bench', log });
  try {
    await declareStreams(bus, limits);
    const start = async (file, args, env) => {
      const started = await startProcess(file, args, env);
      children.push(started.child);
      return started;
    };
    await work({
      bus,
      start,
      startService: (name, extra = {}) => startService({ start, bus, nats, directory }, name, extra),
    });
  } finally {
    await bus.close();
    const ended = children.map((child) => new Promise((done) => child.once('exit', done)));
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(ended);
    await nats.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** What the figures were measured on. */
export function hardware() {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `hardware: ${cpus().length} × ${cpu.model}, ${gib} GiB; Node ${process.version}`;
}

/** How many webhooks were answered and not read yet. */
export async function countWaiting(bus) {
  const counts = await bus.subjectCounts(receivedStream, '>');
  return [...counts].reduce((sum, [subject, count]) => sum + count * Number(subject.split('.').at(-1)), 0);
}

/** Waits until everything that was answered was read, and every file fetched; answers in seconds. */
export async function drain(bus) {
  const began = performance.now();
  const left = async () => (await countWaiting(bus)) + (await bus.streamState(mediaStream)).messages;
  while ((await left()) > 0) await delay(100);
  return Number(((performance.now() - began) / 1000).toFixed(1));
}

/** Throws away what waits to be read, and lets what was begun come to its end. */
export async function discardWaiting(bus) {
  await bus.deleteStream(receivedStream);
  await declareStreams(bus, limits);
  for (let before = -1; ;) {
    const { lastSeq } = await bus.streamState(inboundStream);
    if (lastSeq === before) return;
    before = lastSeq;
    await delay(500);
  }
}

async function startService({ start, bus, nats, directory }, name, extra) {
  const secretKey = randomBytes(32).toString('base64');
  const { child, url } = await start(`apps/${name}/dist/main.js`, [], {
    ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', NATS_URL: nats.url },
    ...{ KITH_SECRET_KEY: secretKey, KITH_BLOB_DIR: join(directory, 'blobs') },
    ...extra,
  });
  while ((await fetch(`${url}/readyz`)).status !== 200) await delay(50);
  const box = createSecretBox(secretKey);
  const connect = async ({ provider, channel, secrets }) => {
    const sealedSecrets = box.seal(`${workspace}/${accountId}`, secrets);
    const owner = { version: 1, workspace, accountId, channel, provider };
    const state = { ...owner, sealedSecrets, settings: {}, deleted: false };
    const messageId = randomUUID();
    await bus.publish(accountSubject(workspace, accountId), Buffer.from(JSON.stringify(state)), {
      messageId,
    });
    return `${url}/webhooks/${provider}/${accountId}`;
  };
  return { child, url, connect };
}

/** Waits for the line in which a process tells its URL. */
async function startProcess(file, args, env) {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (piece) => (output += piece));
  while (!/"url":"http:/.test(output)) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`);
    await delay(20);
  }
  return { child, url: /"url":"(http:[^"]+)"/.exec(output)[1] };
}
