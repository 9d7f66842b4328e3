/**
 * A note beside a server's data that says which process serves it and which process looks after that one.
 * After a kill -9 of the owner the note is how its next start recognises the orphan. A process is signalled
 * only when id, start time and command line all agree with the note; anything else is left alone.
 */

import { readFile, rm, writeFile } from 'node:fs/promises';

import { identifyProcess, isSameProcess } from './process-identity.ts';
import { StackError } from './stack-error.ts';
import { waitUntil } from './wait-until.ts';

interface RecordedProcess {
  pid: number;
  startedAt: string;
}

interface PidNote extends RecordedProcess {
  owner: RecordedProcess;
}

/** Notes that `pid` serves on behalf of `ownerPid` (by default this process). */
export async function writePidFile(path: string, pid: number, ownerPid = process.pid): Promise<void> {
  const [child, owner] = await Promise.all([identifyProcess(pid), identifyProcess(ownerPid)]);
  if (child === null || owner === null) return;
  const note: PidNote = {
    pid,
    startedAt: child.startedAt,
    owner: { pid: owner.pid, startedAt: owner.startedAt },
  };
  await writeFile(path, `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

/** The living process that the note names, if its command line still contains `proof`. */
export async function readPidFile(
  path: string,
  proof: string,
): Promise<{ pid: number; ownerPid: number; isOwnerAlive: boolean } | null> {
  const note = await readNote(path);
  if (note === null) return null;
  const found = await identifyProcess(note.pid);
  if (found === null || found.startedAt !== note.startedAt || !found.commandLine.includes(proof)) return null;
  return { pid: note.pid, ownerPid: note.owner.pid, isOwnerAlive: await isSameProcess(note.owner) };
}

/**
 * Ends the server that an earlier owner left behind when it was killed. Answers its process id, or null when
 * there was none. Throws `already_running` when the owner lives: then it is no orphan but a second start.
 */
export async function stopOrphan(options: {
  pidFile: string;
  proof: string;
  signal: NodeJS.Signals;
  what: string;
}): Promise<number | null> {
  const running = await readPidFile(options.pidFile, options.proof);
  if (running?.isOwnerAlive === true) {
    throw new StackError(
      'already_running',
      `${options.what} is already in use by process ${running.ownerPid}: stop that one first.`,
    );
  }
  if (running !== null) await endProcess(running.pid, options.signal);
  await rm(options.pidFile, { force: true });
  return running?.pid ?? null;
}

async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  const before = await identifyProcess(pid);
  if (before === null) return;
  for (const step of [signal, 'SIGKILL'] as const) {
    process.kill(pid, step);
    if (await waitUntil(async () => !(await isSameProcess(before)), { timeoutMs: 10_000 })) return;
  }
}

async function readNote(path: string): Promise<PidNote | null> {
  try {
    const note: PidNote = JSON.parse(await readFile(path, 'utf8'));
    return note;
  } catch {
    return null;
  }
}
