/*
 * Threads as the cases beside the checkout have them: the connected components over each mail's ids.
 *
 * Two cases are about hints that are off by design, because they would join mails of unrelated people: equal
 * subjects, and Outlook's Thread-Index.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { mailOf, messageOf } from '../test/mails.ts';
import { findShared } from '../test/shared-files.ts';

const Mail = z.object({
  key: z.string(),
  message_id: z.string(),
  in_reply_to: z.string().optional(),
  references: z.string().optional(),
  subject: z.string().optional(),
  original_message_id: z.string().optional(),
  thread_index: z.string().optional(),
});
type Mail = z.infer<typeof Mail>;
const Case = z.object({
  name: z.string(),
  msgs: z.array(Mail),
  expected_groups: z.array(z.array(z.string())),
});

const cases = findShared('cases/threading.json');
const usesHints = (given: z.infer<typeof Case>): boolean =>
  given.name.startsWith('subject fallback') || given.msgs.some((mail) => mail.thread_index !== undefined);

test.runIf(cases.isPresent)(
  'mails are in one thread when their ids connect them, and only then',
  async () => {
    const all = z.array(Case).parse(JSON.parse(readFileSync(cases.path, 'utf8')));
    for (const given of all.filter((one) => !usesHints(one))) {
      expect(await threadsOf(given.msgs), given.name).toEqual(sorted(given.expected_groups));
    }
  },
);

async function threadsOf(mails: readonly Mail[]): Promise<string[][]> {
  let threads: { keys: string[]; ids: Set<string> }[] = [];
  for (const mail of mails) {
    const { conversation } = await messageOf(written(mail));
    const ids = new Set(conversation.kind === 'thread' ? conversation.messageIds : []);
    const joined = threads.filter((thread) => [...thread.ids].some((id) => ids.has(id)));
    threads = [
      ...threads.filter((thread) => !joined.includes(thread)),
      {
        keys: [...joined.flatMap(({ keys }) => keys), mail.key],
        ids: new Set([...joined.flatMap((thread) => [...thread.ids]), ...ids]),
      },
    ];
  }
  return sorted(threads.map(({ keys }) => keys));
}

function written(mail: Mail): Uint8Array {
  const fields = [
    ['Message-ID', mail.message_id],
    ['In-Reply-To', mail.in_reply_to],
    ['References', mail.references],
    ['Subject', mail.subject],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  if (mail.original_message_id === undefined) return mailOf(fields);
  const original = `Message-ID: ${mail.original_message_id}\r\n\r\nHello`;
  return mailOf(
    [...fields, 'Content-Type: multipart/report; boundary=b'],
    ['--b\r\nContent-Type: message/rfc822\r\n', original, '--b--'],
  );
}

function sorted(groups: readonly (readonly string[])[]): string[][] {
  return groups.map((group) => group.toSorted()).toSorted((a, b) => a.join().localeCompare(b.join()));
}
