/* The built query service as a process of its own, for what measures it. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@kith/stack';

const main = join(resolve(import.meta.dirname, '..'), 'apps/query/dist/main.js');

/** Starts it, and answers when it is ready. */
export async function startQuery({ databaseUrl, natsUrl }) {
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      NATS_URL: natsUrl,
      KITH_SECRET_KEY: randomBytes(32).toString('base64'),
      // No file is asked for.
      KITH_BLOB_DIR: join(tmpdir(), 'kith-bench-no-blobs'),
      KITH_SLOW_STATEMENT_MS: '0',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => true);
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200;
  while (!(await isReady())) {
    if (await Promise.race([ended, delay(50)])) throw new Error('the query service has ended');
  }
  return { url, stop: () => (child.kill('SIGTERM'), ended) };
}
