import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { afterEach, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const log = createLog({ name: 'test', level: 'silent' });
const secretKey = Buffer.alloc(32, 'k').toString('base64');

describe('the process ingest-linkedin', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  const start = (env: Record<string, string>) => {
    const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', ...env } });
    children.push(child);
    let output = '';
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    return { child, output: () => output };
  };

  test('becomes ready, answers, and ends on SIGTERM without a trace of its secrets', async () => {
    await using nats = await startTestNats();
    await using bus = await openBus({ url: nats.url, name: 'test', log });
    await declareTestStreams(bus);
    const dir = await mkdtemp(join(tmpdir(), 'kith-ingest-linkedin-'));
    const { child, output } = start({
      PORT: '0',
      HOST: '127.0.0.1',
      NATS_URL: nats.url,
      KITH_SECRET_KEY: secretKey,
      KITH_BLOB_DIR: dir,
    });
    await expect.poll(output, { timeout: 20_000 }).toMatch(/"url":"http:/);
    const url = /"url":"(http:[^"]+)"/.exec(output())?.[1] ?? '';
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    const response = await fetch(`${url}/webhooks/unipile/nobody`, { method: 'POST', body: '{}' });
    expect([response.status, await response.json()]).toMatchObject([404, { error: 'no_such_account' }]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(output()).not.toContain(secretKey);
    await rm(dir, { recursive: true, force: true });
  });

  test('tells every setting that is wrong, and ends', async () => {
    const { child, output } = start({ PORT: 'http', KITH_BLOB_DIRR: '/tmp/x' });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toMatch(/KITH_BLOB_DIRR: no such setting/);
    expect(output()).toMatch(/NATS_URL: is not set/);
    expect(output()).toMatch(/KITH_SECRET_KEY: is not set/);
  });

  test('tells what to set when there is nowhere to keep bodies', async () => {
    const { child, output } = start({
      PORT: '0',
      NATS_URL: 'nats://127.0.0.1:1',
      KITH_SECRET_KEY: secretKey,
    });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toMatch(/set either KITH_BLOB_DIR or KITH_S3_BUCKET/);
  });
});
