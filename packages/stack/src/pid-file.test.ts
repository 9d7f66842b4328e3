import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { temporaryDirectory } from '../test/temporary.ts';
import { stopOrphan, writePidFile } from './pid-file.ts';
import { identifyProcess } from './process-identity.ts';

const WHAT = { signal: 'SIGTERM', what: 'the store' } as const;

function sleeper(seconds: number): { child: ChildProcess; pid: number } & Disposable {
  const child = spawn('sleep', [String(seconds)], { stdio: 'ignore' });
  return { child, pid: child.pid ?? 0, [Symbol.dispose]: () => child.kill('SIGKILL') };
}

test('a process noted by a living owner is left alone, and the second start is refused', async () => {
  await using directory = await temporaryDirectory();
  using server = sleeper(61);
  const pidFile = join(directory.path, 'pid');
  await writePidFile(pidFile, server.pid);
  await expect(stopOrphan({ ...WHAT, pidFile, proof: 'sleep 61' })).rejects.toMatchObject({
    code: 'already_running',
    message: `the store is already in use by process ${process.pid}: stop that one first.`,
  });
  expect(await identifyProcess(server.pid)).not.toBeNull();
});

test('a process whose owner died is ended', async () => {
  await using directory = await temporaryDirectory();
  using server = sleeper(62);
  using owner = sleeper(63);
  const pidFile = join(directory.path, 'pid');
  await writePidFile(pidFile, server.pid, owner.pid);
  const ownerEnded = new Promise((resolve) => owner.child.once('exit', resolve));
  owner.child.kill('SIGKILL');
  await ownerEnded;
  expect(await stopOrphan({ ...WHAT, pidFile, proof: 'sleep 62' })).toBe(server.pid);
  expect(await identifyProcess(server.pid)).toBeNull();
});

test('a stranger that was given the noted process id is never signalled', async () => {
  await using directory = await temporaryDirectory();
  using stranger = sleeper(64);
  const pidFile = join(directory.path, 'pid');
  await writePidFile(pidFile, stranger.pid);
  const note: object = JSON.parse(await readFile(pidFile, 'utf8'));
  await writeFile(pidFile, JSON.stringify({ ...note, startedAt: 'another moment' }));
  expect(await stopOrphan({ ...WHAT, pidFile, proof: 'sleep 64' })).toBeNull();
  await writeFile(pidFile, JSON.stringify(note));
  expect(await stopOrphan({ ...WHAT, pidFile, proof: 'nats-server' })).toBeNull();
  expect(await identifyProcess(stranger.pid)).not.toBeNull();
});

test('a note that cannot be read counts as none', async () => {
  await using directory = await temporaryDirectory();
  const pidFile = join(directory.path, 'pid');
  await writeFile(pidFile, 'half a no');
  expect(await stopOrphan({ ...WHAT, pidFile, proof: 'sleep' })).toBeNull();
});
