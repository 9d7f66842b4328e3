/**
 * Who a process id is, right now. Ids are reused, so an id alone never justifies a signal: a process is
 * known by its id together with the moment it started, and by its command line.
 * Reads /proc where there is one, and asks `ps` elsewhere (macOS).
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A living process. `startedAt` is opaque; equal ids and equal values mean the same process. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
  readonly commandLine: string;
}

/** The process with this id, or null when there is none, or only a zombie. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  try {
    return existsSync('/proc/self/stat') ? await fromProc(pid) : await fromPs(pid);
  } catch {
    return null;
  }
}

/** Whether the process recorded earlier is still the one that has this id. */
export async function isSameProcess(recorded: { pid: number; startedAt: string }): Promise<boolean> {
  return (await identifyProcess(recorded.pid))?.startedAt === recorded.startedAt;
}

async function fromProc(pid: number): Promise<ProcessIdentity | null> {
  const [stat, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
  ]);
  // proc_pid_stat(5): the name in field 2 may hold spaces and brackets, so fields count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || startTicks === undefined) return null;
  return { pid, startedAt: startTicks, commandLine: commandLine.replaceAll('\0', ' ').trim() };
}

async function fromPs(pid: number): Promise<ProcessIdentity | null> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=,args=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  const match = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(stdout.trimEnd());
  if (match === null || match[1]?.startsWith('Z') === true) return null;
  return { pid, startedAt: match[2] ?? '', commandLine: match[3] ?? '' };
}
