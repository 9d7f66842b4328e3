import type { ParsedItem, ParsedMessage } from '@kith/ingest/provider';
import { readMail } from '../src/mail/read-mail.ts';

/** A mail of these header lines and this body, with the line ends of the wire. */
export function mailOf(headers: readonly string[], body: string | readonly string[] = 'Hello'): Uint8Array {
  const lines = typeof body === 'string' ? [body] : body;
  return Buffer.from([...headers, '', ...lines].join('\r\n'), 'latin1');
}

/** What a mail becomes, whatever that is. */
export function itemOf(mail: Uint8Array): Promise<ParsedItem> {
  return readMail({ form: 'raw', bytes: mail });
}

/** The message that a mail becomes; throws when it becomes none. */
export async function messageOf(mail: Uint8Array): Promise<ParsedMessage> {
  const item = await itemOf(mail);
  if (item.kind !== 'message') throw new Error(`no message: ${JSON.stringify(item)}`);
  return item;
}

/** Roles and addresses, as `from ana@lima.example`. */
export function namedIn(message: ParsedMessage): string[] {
  return message.participants.map(({ role, identifiers }) => `${role} ${identifiers[0]?.value ?? ''}`);
}

/** Roles, addresses and natures, as `sender dev@lists.example list`. */
export function naturesIn(message: ParsedMessage): string[] {
  return message.participants.map(({ role, identifiers, nature }) =>
    [role, identifiers[0]?.value ?? '', nature ?? 'person'].join(' '),
  );
}

/** The ids that say which thread a message belongs to, its own first. */
export function threadOf({ conversation }: ParsedMessage): readonly string[] {
  return conversation.kind === 'thread' ? conversation.messageIds : [];
}

/** A mail in several parts; a part is its header lines, an empty line and its body. */
export function mailInParts(headers: readonly string[], parts: readonly (readonly string[])[]): Uint8Array {
  const body = [...parts.flatMap((part) => ['--in-parts', ...part]), '--in-parts--'];
  const isTyped = headers.some((line) => /^content-type:/i.test(line));
  const type = isTyped ? [] : ['Content-Type: multipart/mixed'];
  const lines = [...headers, ...type].map((line) =>
    /^content-type:/i.test(line) ? `${line}; boundary=in-parts` : line,
  );
  return mailOf(lines, body);
}

/** An everyday mail; further header lines replace those of the same name. */
export function everyday(extra: readonly string[] = [], body?: string): Uint8Array {
  const usual = [
    'From: Ana Lima <ana@lima.example>',
    'To: support@acme.example',
    'Subject: Offer 2231',
    'Date: Sun, 22 Nov 2026 16:59:00 +0100',
    'Message-ID: <first@lima.example>',
  ];
  const nameOf = (line: string): string => line.split(':', 1)[0]?.toLowerCase() ?? '';
  const replaced = new Set(extra.map(nameOf));
  return mailOf([...usual.filter((line) => !replaced.has(nameOf(line))), ...extra], body);
}
