import { defineProvider, type Provider, type ProviderSpec, type ReceivedBody } from '@kith/ingest/provider';
import { fetchMailboxHistory } from '../imap/mailbox-history.ts';
import { readerOfMailboxPage } from '../imap/left-out.ts';
import type { MailReading } from '../mail/mail-fields.ts';
import { readMail } from '../mail/read-mail.ts';

/** What a file in this folder says of its provider: how it signs, and which form its mail has. */
export interface EmailProviderSpec<Secrets> extends Omit<ProviderSpec<Secrets>, 'read'> {
  /** Pure; a throw makes the body one unreadable item. A body may hold several mails. */
  readForm(received: ReceivedBody): MailReading | MailReading[] | Promise<MailReading | MailReading[]>;
}

/** Makes an email provider of its description. One that keeps no history itself has that of the account's mailbox. */
export function defineEmailProvider<Secrets extends object>(spec: EmailProviderSpec<Secrets>): Provider {
  return defineProvider({
    fetchHistory: (question, secrets, tools) =>
      fetchMailboxHistory(question, mailboxPasswordIn(secrets), tools),
    ...(spec.fetchHistory === undefined ? { readerOfPage: readerOfMailboxPage } : {}),
    ...spec,
    read: async (received) => {
      const readings = [await spec.readForm(received)].flat();
      return Promise.all(readings.map(readMail));
    },
  });
}

function mailboxPasswordIn(secrets: object): string | undefined {
  return 'imapPassword' in secrets && typeof secrets.imapPassword === 'string'
    ? secrets.imapPassword
    : undefined;
}
