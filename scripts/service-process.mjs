/* A built service as a process of its own, for what measures it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@kith/stack';

const apps = join(resolve(import.meta.dirname, '..'), 'apps');

/** Starts it, and answers when it is ready. */
export async function startService(name, env) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(apps, name, 'dist/main.js')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => true);
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200;
  while (!(await isReady())) {
    if (await Promise.race([ended, delay(50)])) throw new Error(`the service ${name} has ended`);
  }
  return { url, stop: () => (child.kill('SIGTERM'), ended) };
}
