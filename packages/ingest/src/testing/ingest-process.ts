/*
 * The built process of an ingest service, and what every one of them promises.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { describe, expect, test } from 'vitest';

/** A process that is killed when it is disposed of, if it has not ended by then. */
export interface IngestProcess extends AsyncDisposable {
  child: ChildProcess;
  /** Everything that it has printed. */
  output(): string;
  /** Its URL, once it says that it is ready. */
  url(): Promise<string>;
  /** Its exit code and signal. */
  ended(): Promise<unknown[]>;
}

const deadline = { timeout: 20_000 };
/** The key that opens secrets of accounts. */
export const processSecretKey = Buffer.alloc(32, 'k').toString('base64');

/** Starts it with exactly these settings, on a free port. */
export function startIngestProcess(main: URL, env: Record<string, string>): IngestProcess {
  const settings = { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', ...env };
  const child = spawn(process.execPath, [fileURLToPath(main)], { env: settings });
  const ended = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
  return {
    child,
    output: () => output,
    url: async () => {
      await expect.poll(() => output, deadline).toMatch(/"url":"http:/);
      const url = /"url":"(http:[^"]+)"/.exec(output)?.[1] ?? '';
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, deadline).toBe(200);
      return url;
    },
    ended: () => ended,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Declares what every ingest service promises of its process; `main` is the built program. */
export function describeIngestProcess(given: { main: URL; provider: string }): void {
  const name = basename(join(fileURLToPath(given.main), '../..'));
  describe(`the process ${name}`, () => {
    test('becomes ready, answers, and ends on SIGTERM without a trace of its secrets', async () => {
      await using nats = await startTestNats();
      const log = createLog({ name: 'test', level: 'silent' });
      await using bus = await openBus({ url: nats.url, name: 'test', log });
      await declareTestStreams(bus);
      const dir = await mkdtemp(join(tmpdir(), `kith-${name}-`));
      await using ingest = startIngestProcess(given.main, {
        NATS_URL: nats.url,
        KITH_SECRET_KEY: processSecretKey,
        KITH_BLOB_DIR: dir,
      });
      const url = `${await ingest.url()}/webhooks/${given.provider}/nobody`;
      const response = await fetch(url, { method: 'POST', body: '{}' });
      expect([response.status, await response.json()]).toMatchObject([404, { error: 'no_such_account' }]);
      ingest.child.kill('SIGTERM');
      expect(await ingest.ended()).toEqual([0, null]);
      expect(ingest.output()).not.toContain(processSecretKey);
      await rm(dir, { recursive: true, force: true });
    });

    test('tells every setting that is wrong, and ends', async () => {
      await using ingest = startIngestProcess(given.main, { PORT: 'http', KITH_BLOB_DIRR: '/tmp/x' });
      expect(await ingest.ended()).toEqual([1, null]);
      expect(ingest.output()).toMatch(/KITH_BLOB_DIRR: no such setting/);
      expect(ingest.output()).toMatch(/NATS_URL: is not set/);
    });
  });
}
