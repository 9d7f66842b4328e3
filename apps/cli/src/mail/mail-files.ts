/*
 * The mails in a folder or file: `.eml` files as they are, `.mbox` files mail by mail. What is neither is listed with
 * the reason, so that nobody wonders where it went. Hidden files and folders are left alone.
 */
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { CliFailure } from '../failure.ts';
import { splitMbox } from './mbox.ts';

/** A file with one mail or many. */
export interface MailFile {
  path: string;
  /** How it is called in reports: relative to what was asked for. */
  name: string;
  kind: 'eml' | 'mbox';
  size: number;
}

/** What was found; `skipped` are the files that hold no mail we read. */
export interface MailFiles {
  files: MailFile[];
  skipped: { name: string; reason: string }[];
}

/** One mail; `bytes` is null when it is larger than allowed. */
export interface MailToImport {
  name: string;
  bytes: Buffer | null;
  size: number;
}

/** Larger mails are refused by the ingest service, whose limit is 48 MB unless it was set otherwise. */
export const mailBytesMax = 64 * 1024 * 1024;

/** Finds the mail files at `path`: a folder with everything below it, or one file. */
export async function findMailFiles(path: string): Promise<MailFiles> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new CliFailure(`${path} does not exist: give a folder, an .eml or an .mbox file.`);
  if (found.isDirectory()) return walk(path);
  const kind = kindOf(path) ?? ((await beginsLikeMbox(path)) ? 'mbox' : 'eml');
  return { files: [{ path, name: basename(path), kind, size: found.size }], skipped: [] };
}

/** The mails of these files, one after another; no more than one file is open at a time. */
export async function* readMails(files: readonly MailFile[]): AsyncGenerator<MailToImport, void> {
  for (const file of files) {
    if (file.kind === 'eml') {
      const bytes = file.size > mailBytesMax ? null : await readFile(file.path);
      yield { name: file.name, bytes, size: file.size };
      continue;
    }
    for await (const mail of splitMbox(createReadStream(file.path), { mailBytesMax })) {
      yield { name: `${file.name}#${mail.number}`, bytes: mail.bytes, size: mail.size };
    }
  }
}

async function walk(root: string): Promise<MailFiles> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const result: MailFiles = { files: [], skipped: [] };
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path);
    if (!entry.isFile() || name.split(/[\\/]/).some((part) => part.startsWith('.'))) continue;
    const kind = kindOf(name);
    if (kind === null) result.skipped.push({ name, reason: skipReason(name) });
    else result.files.push({ path, name, kind, size: (await stat(path)).size });
  }
  result.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return result;
}

function kindOf(name: string): MailFile['kind'] | null {
  const extension = extname(name).toLowerCase();
  if (extension === '.eml') return 'eml';
  return extension === '.mbox' ? 'mbox' : null;
}

const skipReason = (name: string): string =>
  extname(name).toLowerCase() === '.msg' ? 'Outlook’s own format: save it as .eml' : 'neither .eml nor .mbox';

/** Mail programs keep mailboxes in files without an extension, such as Thunderbird's `Inbox`. */
async function beginsLikeMbox(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0);
    return buffer.toString('latin1', 0, bytesRead) === 'From ';
  } finally {
    await file.close();
  }
}
