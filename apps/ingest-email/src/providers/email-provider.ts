import { defineProvider, type Provider, type ProviderSpec, type ReceivedBody } from '@kith/ingest/provider';
import type { MailReading } from '../mail/mail-fields.ts';
import { readMail } from '../mail/read-mail.ts';

/** What a file in this folder says of its provider: how it signs, and which form its mail has. */
export interface EmailProviderSpec<Secrets> extends Omit<ProviderSpec<Secrets>, 'read'> {
  /** Pure; a throw makes the body one unreadable item. A body may hold several mails. */
  readForm(received: ReceivedBody): MailReading | MailReading[] | Promise<MailReading | MailReading[]>;
}

/** Makes an email provider of its description. */
export function defineEmailProvider<Secrets>(spec: EmailProviderSpec<Secrets>): Provider {
  return defineProvider({
    ...spec,
    read: async (received) => {
      const readings = [await spec.readForm(received)].flat();
      return Promise.all(readings.map(readMail));
    },
  });
}
