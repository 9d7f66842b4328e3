import type { Channel, Participant } from '@kith/client';

/** Channels as people call them. */
export const channelNames = {
  email: 'Email',
  whatsapp: 'WhatsApp',
  linkedin: 'LinkedIn',
} as const satisfies Record<Channel, string>;

const identifierNames: Readonly<Record<string, string>> = {
  email: 'Email',
  phone: 'Phone',
  whatsapp_bsuid: 'WhatsApp id',
  whatsapp_lid: 'WhatsApp id',
  linkedin_member: 'LinkedIn member',
  linkedin_profile: 'LinkedIn profile',
  linkedin_public: 'LinkedIn',
};

/** What an identifier is, in words. */
export function identifierName(kind: string): string {
  return identifierNames[kind] ?? kind;
}

const statusWords = {
  linked: 'Linked',
  unlinked: 'Not linked',
  ambiguous: 'Several records fit',
  internal: 'Your team',
} as const satisfies Record<Participant['status'], string>;

/** `Linked, 95 %`, `Linked, contested`, `Several records fit` */
export function statusInWords(participant: Pick<Participant, 'status' | 'confidence' | 'contested'>): string {
  const { status, confidence, contested } = participant;
  if (contested) return `${statusWords[status]}, contested`;
  const words = statusWords[status];
  return confidence === null ? words : `${words}, ${Math.round(confidence * 100)} %`;
}

const methodWords: Readonly<Record<string, string>> = {
  email_webhook: 'The email address is the record’s',
  phone_webhook: 'The phone number is the record’s',
  linkedin_webhook: 'The LinkedIn profile is the record’s',
  linkedin_email_webhook: 'The LinkedIn profile’s email address is the record’s',
  sync_identifier_match: 'Found in history that was fetched for the record',
  record_identifier_match: 'The record gained an identifier that was known already',
  manual: 'A person linked it',
};

/** How a link came about, in a sentence; undefined where there is none. */
export function methodInWords(method: string | null): string | undefined {
  return method === null ? undefined : (methodWords[method] ?? `Linked by ${method}`);
}

/** `12 email, 3 WhatsApp`, or `no conversations yet`. */
export function conversationsInWords(count: Readonly<Record<Channel, number>>): string {
  const channels = Object.keys(channelNames) as Channel[];
  const parts = channels
    .filter((channel) => count[channel] > 0)
    .map(
      (channel) =>
        `${count[channel].toLocaleString('en')} ${channel === 'email' ? 'email' : channelNames[channel]}`,
    );
  if (parts.length === 0) return 'No conversations yet';
  const total = channels.reduce((sum, channel) => sum + count[channel], 0);
  return `${parts.join(', ')} ${total === 1 ? 'conversation' : 'conversations'}`;
}

/** `842 B`, `12 kB`, `3.4 MB` */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
