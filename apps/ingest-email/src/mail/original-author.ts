/*
 * Who wrote a mail that a list or group sent under its own address.
 *
 * Groups put themselves into From, because the author's domain would refuse the copy otherwise (DMARC): `"'Ana Lima'
 * via Sales" <sales@acme.example>`. The author then stands in X-Original-From or X-Original-Sender (Google Groups),
 * or in Reply-To or Cc (Mailman), and is believed only on a mail that came through a list. A Reply-To by itself is
 * where answers go and says nothing of who wrote: notifications of services keep their own sender. Reply-To and Cc
 * count only under a From that says "via" and agrees in the name, where they name anybody.
 */
import type { MailingList } from './lists.ts';
import { namedIn, toNamed, type Named } from './mailboxes.ts';
import type { MailHeader } from './mail-fields.ts';

/** The address that a list put into From, and who had stood there. */
export interface Rewritten {
  from: Named;
  author: Named;
}

const originalHeaders = ['x-original-from', 'original-from', 'x-original-sender'];

/** Null where From stands as its author wrote it, or nobody can be said to have stood there. */
export function rewrittenFrom(headers: readonly MailHeader[], list: MailingList | null): Rewritten | null {
  const [from] = namedIn(headers, 'from');
  if (list === null || from === undefined) return null;
  const name = nameBeforeVia(from.displayName ?? '');
  const isLists = list.owns(from.key);
  if (!isLists && (name === null || !list.isDiscussion)) return null;
  const isOther = ({ key }: Named): boolean => key !== from.key && !list.owns(key);
  const stated = originalHeaders.flatMap((header) => namedIn(headers, header)).find(isOther);
  const author = stated ?? (name === null ? undefined : inferredAuthor(headers, { name, isOther }));
  if (author === undefined) return null;
  const shown = author.displayName ?? (isLocalPart(name ?? '') ? '' : (name ?? ''));
  return { from, author: toNamed({ name: shown, address: author.key }) ?? author };
}

function inferredAuthor(
  headers: readonly MailHeader[],
  { name, isOther }: { name: string; isOther: (person: Named) => boolean },
): Named | undefined {
  const replyTo = namedIn(headers, 'reply-to').filter(isOther);
  const copied = namedIn(headers, 'cc').filter(isOther);
  const agreeing = [...replyTo, ...copied].filter((person) => isNamed(person, name));
  if (agreeing.length > 0) return sameAddress(agreeing) ? agreeing[0] : undefined;
  return replyTo.length === 1 && replyTo[0]?.displayName === null ? replyTo[0] : undefined;
}

function sameAddress(people: readonly Named[]): boolean {
  return people.every(({ key }) => key === people[0]?.key);
}

function isNamed({ key, displayName }: Named, name: string): boolean {
  const wanted = name.toLowerCase();
  if (isLocalPart(wanted)) return wanted === `${key.slice(0, key.lastIndexOf('@'))}---`;
  return displayName?.toLowerCase() === wanted || key === wanted;
}

/** Mailman writes `ana---` where there was an address and no name. */
function isLocalPart(name: string): boolean {
  return name.endsWith('---');
}

/** `Ana Lima` of `'Ana Lima' via Sales` and `Ana Lima (via Sales)`. */
function nameBeforeVia(displayName: string): string | null {
  const found = /^(.+) \(?via .+$/i.exec(displayName.slice(0, 500));
  const name = (found?.[1] ?? '').replace(/^['"\s]+|['"\s]+$/g, '');
  return name === '' ? null : name;
}
