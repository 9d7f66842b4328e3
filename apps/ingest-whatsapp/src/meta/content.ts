/*
 * What a message says, as text and files, whatever its type.
 *
 * Cards, places, orders and answers to forms become text that reads as they look in WhatsApp. People in a card are not
 * participants: they took no part.
 */
import { field, firstText, objectOf, textOf } from '@kith/ingest/loose-json';
import type { RemoteAttachment } from '@kith/ingest/provider';
import { cardsText, orderText, placeText } from './cards.ts';
import { interactiveText, templateText } from './interactive.ts';
import { mediaOf } from './media.ts';

/** A message's text and its files. */
export interface Content {
  text: string;
  attachments: RemoteAttachment[];
}

type TextReader = (message: unknown) => string | null;

const texts: ReadonlyMap<string, TextReader> = new Map<string, TextReader>([
  ['text', (message) => textOf(field(message, 'text', 'body'))],
  ['button', (message) => firstText(field(message, 'button'), 'text', 'payload')],
  ['location', (message) => placeText(field(message, 'location'))],
  ['contacts', (message) => cardsText(field(message, 'contacts'))],
  ['interactive', (message) => interactiveText(field(message, 'interactive'))],
  ['order', (message) => orderText(field(message, 'order'))],
  ['template', (message) => templateText(field(message, 'template'))],
  ['unsupported', (message) => unsupportedText(message)],
  ['unknown', (message) => unsupportedText(message)],
  // In a history, for media whose files may follow in a webhook of their own.
  ['media_placeholder', () => '[media]'],
]);

/** A message's type; where it is left out, what it has. */
export function typeOf(message: unknown): string {
  const written = textOf(field(message, 'type'));
  if (written !== null) return written;
  const objects = objectOf(message) ?? {};
  return [...texts.keys(), ...mediaTypes].find((type) => Object.hasOwn(objects, type)) ?? 'unknown';
}

const mediaTypes = ['image', 'audio', 'voice', 'video', 'document', 'sticker'] as const;

/** What a message says; nothing where it says nothing that can be read. */
export function contentOf(message: unknown): Content {
  const type = typeOf(message);
  const textReader = texts.get(type);
  if (textReader !== undefined) return { text: textReader(message) ?? '', attachments: [] };
  const part = field(message, type);
  return { text: firstText(part, 'caption', 'body', 'text') ?? '', attachments: mediaOf(part, type) };
}

/** What a message says, with words for what cannot be shown. */
export function shownContentOf(message: unknown): Content {
  const { text, attachments } = contentOf(message);
  if (text !== '') return { text, attachments };
  const advert = firstText(field(message, 'referral'), 'headline', 'body');
  const placeholder = attachments.length === 0 ? `[${typeOf(message).slice(0, 100)}]` : '';
  return { text: advert ?? placeholder, attachments };
}

function unsupportedText(message: unknown): string {
  const type = textOf(field(message, 'unsupported', 'type'))?.slice(0, 100);
  return type === undefined ? '[unsupported message]' : `[unsupported message: ${type}]`;
}
