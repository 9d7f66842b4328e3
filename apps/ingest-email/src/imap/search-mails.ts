/*
 * What is asked for, as searches of IMAP.
 *
 * A search knows days only, and the server's own (INTERNALDATE), so it asks for a day more on either side; whoever
 * fetches looks at the time at which a mail was sent. A mail that was moved here from another server may have come
 * years after it was sent: both times must be late for it to be left out.
 */
import type { HistoryQuestion } from '@kith/ingest/provider';
import type { ImapFlow, SearchObject } from 'imapflow';

/** What the search depends on. */
export type SearchedFor = Pick<HistoryQuestion, 'identifiers' | 'since' | 'until'>;

/** Four keys an address in one command line; servers take eight thousand characters and more. */
const addressesPerSearch = 20;
const dayMs = 24 * 60 * 60_000;
/** What one answer may list: eight bytes each, and some ten on the line. */
export const foundMax = 500_000;

/** The UIDs from `first` to `last` of what is asked for in the open folder, ascending and without repeats. */
export async function searchMails(
  client: ImapFlow,
  question: SearchedFor,
  { first, last }: { first: number; last: number },
): Promise<number[]> {
  const found = new Set<number>();
  for (const people of peopleOf(question)) {
    const query = { uid: `${first}:${last}`, ...people, ...timeOf(question), draft: false };
    const uids = await client.search(query, { uid: true });
    if (uids === false || uids === undefined) throw new Error('the mail server refuses a search');
    // A range whose end lies beyond the newest mail means that mail too (RFC 3501 §6.4.8).
    for (const uid of uids) if (uid >= first && uid <= last) found.add(uid);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** The addresses that are searched for. */
export function addressesOf({ identifiers }: SearchedFor): string[] {
  return (identifiers ?? []).flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
}

function peopleOf(question: SearchedFor): SearchObject[] {
  if (question.identifiers === null) return [{}];
  const addresses = addressesOf(question);
  const chunks = Array.from({ length: Math.ceil(addresses.length / addressesPerSearch) }, (_, index) =>
    addresses.slice(index * addressesPerSearch, (index + 1) * addressesPerSearch),
  );
  return chunks.map((chunk) => ({
    or: chunk.flatMap((address) => [{ from: address }, { to: address }, { cc: address }, { bcc: address }]),
  }));
}

function timeOf({ since, until }: SearchedFor): SearchObject {
  const late = new Date(Date.parse(until) + dayMs);
  return {
    ...(since === null ? {} : { since: new Date(Date.parse(since) - dayMs) }),
    not: { since: late, sentSince: late },
  };
}
