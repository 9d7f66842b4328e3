/*
 * Fetches the newest of the mails that were found, as many as make a page.
 *
 * Sizes and times are asked for first, so that no page is larger than memory has room for. A mail that was deleted in
 * between is not there any more, and that is all.
 */
import type { HistoryBody, HistoryQuestion } from '@kith/ingest/provider';
import type { FetchMessageObject } from 'imapflow';
import type { ImapSession } from './imap-session.ts';
import { leftOutBody, mailBytesMax } from './left-out.ts';
import { writeUids } from './uid-ranges.ts';

const mailsPerPage = 50;
const pageBytesMax = 16_000_000;

/** A page of mails, and what is left of those found. */
export interface FetchedMails {
  bodies: HistoryBody[];
  left: readonly number[];
}

type Listed = Pick<FetchMessageObject, 'uid' | 'size' | 'envelope' | 'internalDate' | 'emailId'>;

/** Fetches from the end of `found`, which lies in the open folder and is ascending. */
export async function fetchMails(
  session: ImapSession,
  found: readonly number[],
  question: Pick<HistoryQuestion, 'since' | 'until'> & { folder: string },
): Promise<FetchedMails> {
  const newest = found.slice(-mailsPerPage);
  const fields = { uid: true, size: true, envelope: true, internalDate: true };
  const listed = await session.client.fetchAll(writeUids(newest), fields, { uid: true });
  const byUid = new Map(listed.map((mail) => [mail.uid, mail]));
  const chosen: Listed[] = [];
  let bytes = 0;
  let taken = 0;
  for (const uid of newest.toReversed()) {
    const mail = byUid.get(uid);
    const size = mail === undefined || isTooLarge(mail) ? 0 : (mail.size ?? 0);
    if (bytes > 0 && bytes + size > pageBytesMax) break;
    taken += 1;
    if (mail === undefined || !isAskedFor(mail, question) || isSeen(session, mail, question.folder)) continue;
    bytes += size;
    chosen.push(mail);
  }
  return { bodies: await bodiesOf(session, chosen), left: found.slice(0, found.length - taken) };
}

const isTooLarge = ({ size = 0 }: Listed): boolean => size > mailBytesMax;

/** By the time its author claims, or when the server got it. */
function sentAt({ envelope, internalDate }: Listed): string | null {
  for (const time of [envelope?.date, internalDate]) {
    const ms = time instanceof Date ? time.getTime() : Date.parse(time ?? '');
    if (ms >= 0) return new Date(ms).toISOString();
  }
  return null;
}

function isAskedFor(mail: Listed, { since, until }: Pick<HistoryQuestion, 'since' | 'until'>): boolean {
  const at = sentAt(mail);
  return at === null || ((since === null || at >= since) && at < until);
}

const seenMax = 100_000;

/**
 * Whether the same mail was on an earlier page, from another folder. Gmail (X-GM-MSGID) and servers of RFC 8474
 * (EMAILID) tell which mails are the same; it saves fetching one under each of its labels. What makes two copies one
 * message is never such an id, which is one mailbox's own, but what the mail says of itself.
 */
function isSeen({ seen }: ImapSession, { emailId, uid }: Listed, folder: string): boolean {
  if (emailId === undefined) return false;
  const place = `${uid} ${folder}`;
  const known = seen.places.get(emailId);
  if (known === undefined && seen.places.size < seenMax) seen.places.set(emailId, place);
  // A page that is fetched again finds its own mails, which have to come again.
  return known !== undefined && known !== place;
}

async function bodiesOf(session: ImapSession, chosen: readonly Listed[]): Promise<HistoryBody[]> {
  const wanted = chosen.filter((mail) => !isTooLarge(mail));
  const sources = await sourcesOf(session, wanted);
  return chosen.flatMap((mail) => {
    const body = sources.get(mail.uid);
    if (body === 'gone') return [];
    if (body !== undefined) return [{ provider: 'mime' as const, body, contentType: 'message/rfc822' }];
    const leftOut = isTooLarge(mail) ? ('too_large' as const) : ('refused' as const);
    return [leftOutBody({ leftOut, bytes: mail.size ?? 0, sentAt: sentAt(mail) })];
  });
}

/** The mails by UID; one is missing that the server refuses. */
async function sourcesOf(
  session: ImapSession,
  mails: readonly Listed[],
): Promise<Map<number, Uint8Array | 'gone'>> {
  if (mails.length === 0) return new Map();
  const uids = mails.map(({ uid }) => uid);
  const all = await fetchSources(session, uids);
  if (all !== null) return all;
  // One mail that is damaged in the server's store fails the whole command.
  const each = new Map<number, Uint8Array | 'gone'>();
  for (const uid of uids) for (const entry of (await fetchSources(session, [uid])) ?? []) each.set(...entry);
  return each;
}

/** Null where the server refuses. */
async function fetchSources(
  { client }: ImapSession,
  uids: readonly number[],
): Promise<Map<number, Uint8Array | 'gone'> | null> {
  const set = writeUids(uids.toSorted((a, b) => a - b));
  try {
    const fetched = await client.fetchAll(set, { uid: true, source: true }, { uid: true });
    const sources = new Map(fetched.map(({ uid, source }) => [uid, source]));
    return new Map(uids.map((uid) => [uid, sources.get(uid) ?? 'gone']));
  } catch (err) {
    if (client.usable && err instanceof Error && 'responseStatus' in err) return null;
    throw err;
  }
}
