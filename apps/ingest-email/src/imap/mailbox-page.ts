/*
 * The next page of a walk through a mailbox: folder after folder, each from its newest mail to its oldest.
 *
 * Nothing is remembered between two pages but the place, so that any process can go on from it. A folder whose
 * UIDVALIDITY changed is begun anew, and what comes again is not doubled, because a mail is known by what it says. A
 * folder that is gone is left behind. What is filed into a folder behind the walk while it goes on is not found.
 */
import { createHash } from 'node:crypto';
import type { HistoryAnswer, HistoryQuestion } from '@kith/ingest/provider';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { fetchMails } from './fetch-mails.ts';
import { folderAfter } from './folders.ts';
import type { ImapSession } from './imap-session.ts';
import { beginningOf, type MailboxPlace } from './mailbox-place.ts';
import { foundMax, searchMails } from './search-mails.ts';
import { lastUids, readUids, writeUids } from './uid-ranges.ts';

type Page = Extract<HistoryAnswer, { ended: 'page' }>;

/** Folders that are looked into for one page: most of them hold nothing about one person. */
const foldersPerPage = 20;
/** Leaves room in a cursor for the folder's path. */
const foundCharsMax = 12_000;

/** The page at `place`, which is null at the beginning. */
export async function readPage(
  session: ImapSession,
  question: HistoryQuestion,
  place: MailboxPlace | null,
): Promise<Page> {
  rememberWalk(session, question, place === null);
  const [first] = session.folders;
  let at = place ?? (first === undefined ? null : beginningOf(first, await totalOf(session, question)));
  const total = at?.total ?? null;
  for (let folders = 0; at !== null && folders < foldersPerPage; folders += 1) {
    const opened = await openFolder(session.client, at);
    const found = opened === null ? null : await findIn(session.client, opened, question);
    if (found === null || found.uids.length === 0) {
      at = found !== null && found.place.below > 1 ? found.place : nextFolder(session, at);
      continue;
    }
    const { bodies, left } = await fetchMails(session, found.uids, { ...question, folder: at.folder });
    const isDone = left.length === 0 && found.place.below <= 1;
    at = isDone ? nextFolder(session, at) : { ...found.place, found: writeUids(left) };
    return { ended: 'page', bodies, next: at === null ? null : JSON.stringify(at), total };
  }
  return { ended: 'page', bodies: [], next: at === null ? null : JSON.stringify(at), total };
}

function nextFolder({ folders }: ImapSession, { folder, total }: MailboxPlace): MailboxPlace | null {
  const next = folderAfter(folders, folder);
  return next === null ? null : beginningOf(next, total);
}

/** Opens the folder without changing it, and the place in it; null where it is gone or not ours to read. */
async function openFolder(client: ImapFlow, at: MailboxPlace): Promise<MailboxPlace | null> {
  let mailbox: MailboxObject;
  try {
    mailbox = await client.mailboxOpen(at.folder, { readOnly: true });
  } catch (err) {
    if (err instanceof Error && isGone(err)) return null;
    throw err;
  }
  const uidValidity = String(mailbox.uidValidity);
  if (at.uidValidity === uidValidity) return at;
  if (mailbox.exists === 0) return { ...at, uidValidity, below: 1, found: '' };
  return { ...at, uidValidity, below: mailbox.uidNext > 0 ? mailbox.uidNext : uidMax + 1, found: '' };
}

const uidMax = 2 ** 32 - 1;

function isGone(err: Error): boolean {
  if ('mailboxMissing' in err && err.mailboxMissing === true) return true;
  return 'serverResponseCode' in err && ['NOPERM', 'NONEXISTENT'].includes(String(err.serverResponseCode));
}

/** The UIDs to go on with: those that an earlier search left, or those of the next one. */
async function findIn(
  client: ImapFlow,
  at: MailboxPlace,
  question: HistoryQuestion,
): Promise<{ uids: readonly number[]; place: MailboxPlace }> {
  if (at.found !== '') return { uids: readUids(at.found), place: at };
  if (at.below <= 1) return { uids: [], place: at };
  const { exists } = client.mailbox === false ? { exists: 0 } : client.mailbox;
  // No answer lists more than there are mails, so only the largest folders are searched in pieces.
  const first = exists > foundMax ? Math.max(1, at.below - foundMax) : 1;
  const all = await searchMails(client, question, { first, last: at.below - 1 });
  const uids = lastUids(all, foundCharsMax);
  return { uids, place: { ...at, below: uids.length === all.length ? first : (uids[0] ?? first) } };
}

/** All that the folders hold; how many concern somebody is known only when all were searched. */
async function totalOf(
  { client, folders }: ImapSession,
  { identifiers, since }: HistoryQuestion,
): Promise<number | null> {
  if (identifiers !== null || since !== null) return null;
  let total = 0;
  for (const folder of folders) {
    const status = await client.status(folder, { messages: true }).catch(() => false as const);
    total += status === false ? 0 : (status.messages ?? 0);
  }
  return total;
}

/** What was seen counts within one walk only. */
function rememberWalk(session: ImapSession, question: HistoryQuestion, isBeginning: boolean): void {
  const { accountId, identifiers, since, until } = question;
  const asked = JSON.stringify([accountId, identifiers, since, until]);
  const walk = createHash('sha256').update(asked).digest('hex');
  if (!isBeginning && session.seen.walk === walk) return;
  session.seen = { walk, places: new Map() };
}
