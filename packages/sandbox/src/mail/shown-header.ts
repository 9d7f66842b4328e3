/*
 * The header of a mail as providers show it that take mails apart: decoded, in Unicode.
 */
import { headerOf } from './build-mail.ts';
import { encodeMailbox } from './encoded-words.ts';
import type { Mail, Mailbox } from './mail.ts';

/** Mailboxes with their names decoded, and quoted where they hold more than atoms. */
export function showMailboxes(mailboxes: readonly Mailbox[]): string {
  return mailboxes.map(showMailbox).join(', ');
}

/** The header's fields in their order, decoded. */
export function shownHeaderOf(mail: Mail): [name: string, value: string][] {
  const shown: Record<string, string> = {
    From: showMailboxes([mail.from]),
    To: showMailboxes(mail.to),
    Cc: showMailboxes(mail.cc ?? []),
    Subject: mail.subject,
  };
  return headerOf(mail).map(([name, value]) => [name, shown[name] ?? value]);
}

const showMailbox = (mailbox: Mailbox): string =>
  mailbox.name === null || /^[\x20-\x7e]*$/.test(mailbox.name)
    ? encodeMailbox(mailbox)
    : `"${mailbox.name}" <${mailbox.address}>`;
