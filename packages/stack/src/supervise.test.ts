import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { startInOwnerAndKillIt } from '../test/killed-owner.ts';
import { temporaryDirectory } from '../test/temporary.ts';
import { identifyProcess } from './process-identity.ts';
import { superviseProcess, type ProcessExit, type SuperviseOptions } from './supervise.ts';
import { waitUntil } from './wait-until.ts';

const SECONDS = { timeoutMs: 10_000 };

/** A Node program under supervision that is ready once it has printed `ready`. */
function program(source: string, options: Partial<SuperviseOptions> = {}): SuperviseOptions {
  let isReady = false;
  return {
    name: 'program',
    command: process.execPath,
    args: ['-e', source],
    env: {},
    restart: 'always',
    ready: async () => isReady,
    ...options,
    onLine: (line) => {
      if (line === 'ready') isReady = true;
      options.onLine?.(line);
    },
  };
}

const IDLE = `console.log('ready'); setInterval(() => {}, 1000);`;

describe('a supervised process', () => {
  test('is started again after it was killed, and the crash is reported', async () => {
    const exits: ProcessExit[] = [];
    await using supervised = await superviseProcess(program(IDLE, { onExit: (exit) => exits.push(exit) }));
    const before = supervised.pid();
    await supervised.kill();
    await supervised.whenReady();
    expect(supervised.pid()).not.toBe(before);
    expect(exits).toMatchObject([
      { signal: 'SIGKILL', expected: false, restartInMs: 100, lastLines: ['ready'] },
    ]);
  });

  test('is started again with growing pauses while it keeps crashing', async () => {
    await using directory = await temporaryDirectory();
    const broken = join(directory.path, 'broken');
    const pauses: (number | null)[] = [];
    const crashing = program(
      `console.log('ready'); setInterval(() => require('fs').existsSync(process.env.BROKEN) && process.exit(3), 5);`,
      { env: { BROKEN: broken }, onExit: (exit) => pauses.push(exit.restartInMs) },
    );
    await using _ = await superviseProcess(crashing);
    await writeFile(broken, '');
    expect(await waitUntil(() => pauses.length >= 4, SECONDS)).toBe(true);
    expect(pauses.slice(0, 4)).toEqual([100, 200, 400, 800]);
  });

  test('that is asked to restart does so at once, and this is no crash', async () => {
    const exits: ProcessExit[] = [];
    await using supervised = await superviseProcess(program(IDLE, { onExit: (exit) => exits.push(exit) }));
    await supervised.restart('SIGTERM');
    expect(exits).toMatchObject([{ expected: true, restartInMs: 0 }]);
  });

  test('that stops while starting fails the start with its last words', async () => {
    const failing = program(`console.error('no such table'); process.exit(7);`);
    await expect(superviseProcess(failing)).rejects.toMatchObject({
      code: 'process_failed',
      message: expect.stringContaining('no such table'),
    });
  });

  test('whose program does not exist fails the start', async () => {
    const missing = program('', { command: '/nowhere/program' });
    await expect(superviseProcess(missing)).rejects.toMatchObject({
      message: expect.stringContaining('/nowhere/program'),
    });
  });

  test('that never becomes ready fails the start and is ended', async () => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'pid');
    const source = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000);`;
    await expect(superviseProcess(program(source, { readyTimeoutMs: 1_500 }))).rejects.toMatchObject({
      code: 'process_failed',
    });
    expect(await identifyProcess(Number(await readFile(file, 'utf8')))).toBeNull();
  });

  test('that ignores its stop signal is killed with everything it started', async () => {
    const lines: string[] = [];
    const stubborn = `
      process.on('SIGTERM', () => {});
      const { pid } = require('node:child_process').spawn('sleep', ['60']);
      console.log(pid);
      ${IDLE}`;
    const options = program(stubborn, { stopTimeoutMs: 300, onLine: (line) => lines.push(line) });
    const supervised = await superviseProcess(options);
    await supervised.stop();
    const grandchild = Number(lines[0]);
    expect(await waitUntil(async () => (await identifyProcess(grandchild)) === null, SECONDS)).toBe(true);
    expect(supervised.pid()).toBeNull();
  });

  test('that was stopped stays stopped, and stopping twice is harmless', async () => {
    const exits: ProcessExit[] = [];
    const supervised = await superviseProcess(program(IDLE, { onExit: (exit) => exits.push(exit) }));
    await Promise.all([supervised.stop(), supervised.stop()]);
    await supervised.stop();
    expect(exits).toMatchObject([{ expected: true, restartInMs: null }]);
  });

  test('with an IPC channel sees the channel end when its parent is killed', async () => {
    const child = await startInOwnerAndKillIt(`superviseProcess({
      name: 'child', command: process.execPath, ipc: true, env: {}, restart: 'never', ready: async () => true,
      args: ['-e', "process.on('disconnect', () => process.exit()); setInterval(() => {}, 1000)"],
    })`);
    expect(await waitUntil(async () => (await identifyProcess(child)) === null, SECONDS)).toBe(true);
  });
});
