/*
 * Which chat a message belongs to: a person on one of the account's numbers, or a group on it.
 *
 * A person's chat is known by every identifier that a delivery gives for them. So a message that names only a number
 * and one that names only a business-scoped id lie in one conversation as soon as a third names both.
 */
import { createHash } from 'node:crypto';
import type { DeliveredConversation } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { textOf } from '@kith/ingest/loose-json';
import type { Person } from './people.ts';

const idCharsMax = 500;

/** An id of a payload in the length and letters that an id may have, or null. */
export function idOf(value: unknown): string | null {
  return textOf(cleanText(textOf(value) ?? '', idCharsMax));
}

/** An id for what has none, the same for the same parts. */
export function madeId(...parts: readonly (string | null)[]): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

/** The chat with a person on a number; a message that names nobody is a chat of its own. */
export function directWith(line: string, person: Person, messageId: string): DeliveredConversation {
  const [first, ...others] = person.identifiers.map(({ value }) => idIn(line, value));
  if (first === undefined) {
    return { kind: 'direct', externalId: idIn(line, person.written ?? `message/${messageId}`) };
  }
  return { kind: 'direct', externalId: first, ...(others.length === 0 ? {} : { aliases: others }) };
}

/** A group on a number. */
export function groupOn(line: string, group: string): DeliveredConversation {
  return { kind: 'group', externalId: idIn(line, `group/${group}`) };
}

function idIn(line: string, key: string): string {
  return cleanText(`${line}/${key}`, idCharsMax);
}
