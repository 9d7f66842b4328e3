/*
 * What a migration did that Kith does not tell apart from other work: which records it created. Messages are found by
 * their accounts and decisions by their method; a record that was created looks like one that was there before.
 *
 * A file of lines, each flushed before the records it names are created: it survives the process, and a crash leaves at
 * most ids of records that are not there. It lies in `.kith/` of the local stack, which goes when the stack's data
 * goes, else in the working folder; its place is printed.
 */
import { open, readFile, rm } from 'node:fs/promises';
import * as z from 'zod';
import { CliFailure } from '../failure.ts';

const Entry = z.strictObject({ did: z.literal('records'), recordIds: z.array(z.string()) });
/** One act. */
export type JournalEntry = z.infer<typeof Entry>;

/** A journal. */
export interface Journal {
  path: string;
  read(): Promise<JournalEntry[]>;
  /** Resolves when the entry outlives a crash. */
  write(entry: JournalEntry): Promise<void>;
  remove(): Promise<void>;
}

/** The journal at a path; the file is made with its first entry. */
export function openJournal(path: string): Journal {
  return {
    path,
    read: async () => {
      const text = await readFile(path, 'utf8').catch(() => '');
      return text.split('\n').flatMap((line, index) => parse(path, line, index + 1));
    },
    write: async (entry) => {
      const file = await open(path, 'a', 0o600);
      try {
        await file.appendFile(`${JSON.stringify(entry)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    remove: () => rm(path, { force: true }),
  };
}

/** A last line that a crash cut short tells of nothing that was done. */
function parse(path: string, line: string, number: number): JournalEntry[] {
  if (line === '' || !line.endsWith('}')) return [];
  try {
    return [Entry.parse(JSON.parse(line))];
  } catch (cause) {
    throw new CliFailure(`${path}, line ${number}, is no entry of a migration’s journal.`, { cause });
  }
}
