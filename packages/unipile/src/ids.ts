/*
 * The ids of messages in Unipile's payloads.
 *
 * v1 has an id of its own (`message_id`) and the provider's (`provider_message_id`), v2 the provider's only. A message
 * goes by the provider's wherever it is told, so that copies of both versions and of two connected accounts are one.
 */
import { createHash } from 'node:crypto';
import { field, firstText, textOf } from '@kith/ingest/loose-json';
import type { UnipileEvent } from './events.ts';

const idCharsMax = 400;

/** An id as it is, or the hash of one that is absurdly long; null when there is none. */
export function idOf(value: unknown): string | null {
  const id = textOf(value)
    ?.toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (id === undefined || id === '') return null;
  return id.length <= idCharsMax ? id : `sha256:${hashOf(id)}`;
}

/** The first id among the fields of these names. */
export function firstId(value: unknown, ...keys: readonly string[]): string | null {
  return idOf(firstText(value, ...keys));
}

/** The message of an event: in v2 the payload is the message, or names it. */
export function messageIdOf({ version, payload }: UnipileEvent): string | null {
  if (version === 'v1') return firstId(payload, 'provider_message_id', 'message_id');
  return firstId(payload, 'message_id', 'id');
}

/** The message that a message answers. */
export function quotedIdOf({ version, payload }: UnipileEvent): string | null {
  const keys =
    version === 'v1' ? ['provider_id', 'provider_message_id', 'message_id', 'id'] : ['id', 'message_id'];
  for (const name of ['quoted', 'reply_to']) {
    const quoted = field(payload, name);
    const id = idOf(quoted) ?? firstId(quoted, ...keys);
    if (id !== null) return id;
  }
  return null;
}

/** SHA-256 over the parts, in hex. */
export function hashOf(...parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
