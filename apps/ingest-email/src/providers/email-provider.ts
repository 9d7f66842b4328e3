import { defineProvider, type Provider, type ProviderSpec } from '@kith/ingest/provider';
import type { MailParser } from '../mail/mail-parser.ts';
import type { MailReading } from '../mail/mail-fields.ts';

/** What a file in this folder says of its provider: how it signs, and which form its mail has. */
export interface EmailProviderSpec<Secrets> extends Omit<ProviderSpec<Secrets>, 'parse'> {
  /** Runs in a parser thread; a throw makes the body one unreadable item. */
  read(body: Uint8Array, contentType: string | null): MailReading;
}

/** An email provider, on both sides of the thread. */
export interface EmailProvider {
  name: string;
  read(body: Uint8Array, contentType: string | null): MailReading;
  /** The provider as the webhook server wants it. */
  withParser(parser: MailParser): Provider;
}

/** Makes an email provider of its description. */
export function defineEmailProvider<Secrets>(spec: EmailProviderSpec<Secrets>): EmailProvider {
  return {
    name: spec.name,
    read: (body, contentType) => spec.read(body, contentType),
    withParser: (parser) =>
      defineProvider({
        ...spec,
        parse: async ({ body, headers }) => {
          const contentType = headers.get('content-type');
          return [await parser.parse({ provider: spec.name, contentType, body })];
        },
      }),
  };
}
