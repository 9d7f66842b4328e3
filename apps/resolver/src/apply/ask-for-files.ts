/*
 * Asks for the files that history names and that are not here: tasks for the ingest services, through the outbox. What
 * could not be had when it was first named is asked for again.
 */
import { type Delivery, type FileToFetch, mediaSubject, type MediaTask } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeStates } from '../outbox/outbox.ts';
import type { MessageCopy } from './lay-out.ts';

interface NamedFile {
  channel: string;
  key: string;
  task: MediaTask;
}

/** Asks for what the copies name; those of webhooks name nothing here. */
export async function askForFiles(tx: Tx, copies: readonly MessageCopy[]): Promise<void> {
  const named = namedIn(copies);
  if (named.length === 0) return;
  const missing = await findMissing(tx, named);
  await writeStates(
    tx,
    missing.map(({ task }) => ({ subject: mediaSubject(task.channel, task.workspace), payload: task })),
  );
}

/** What messages name and their delivery says how to find, each once. */
function namedIn(copies: readonly MessageCopy[]): NamedFile[] {
  const filesOf = new Map<Delivery, Map<string, FileToFetch>>();
  const named = new Map<string, NamedFile>();
  for (const { arrived, item } of copies) {
    const { delivery } = arrived;
    if (delivery.files === undefined) continue;
    const files = filesOf.get(delivery) ?? new Map(delivery.files.map((file) => [file.key, file]));
    filesOf.set(delivery, files);
    for (const { media } of item.attachments) {
      const file = files.get(media?.key ?? '');
      if (file === undefined) continue;
      const { channel } = delivery;
      named.set(`${channel} ${file.key}`, { channel, key: file.key, task: taskOf(delivery, file) });
    }
  }
  return [...named.values()];
}

function taskOf(delivery: Delivery, { key, locator }: FileToFetch): MediaTask {
  const { workspace, accountId, channel, provider, receivedAt, raw } = delivery;
  return { version: 1, workspace, accountId, channel, provider, receivedAt, raw, key, locator };
}

async function findMissing(tx: Tx, named: readonly NamedFile[]): Promise<NamedFile[]> {
  const keys = named.map(({ channel, key }) => ({ channel, key }));
  const held = await tx.rows<{ channel: string; key: string }>(sql`
    select m.channel, m.key from ${rowSet(keys, 'channel text, key text')}
    join media m on m.workspace_id = ${tx.workspace} and m.channel = input.channel and m.key = input.key
    where m.blob_key is not null`);
  const isHeld = new Set(held.map(({ channel, key }) => `${channel} ${key}`));
  return named.filter(({ channel, key }) => !isHeld.has(`${channel} ${key}`));
}
