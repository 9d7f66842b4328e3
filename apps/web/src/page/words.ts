import type { Channel, Participant } from './kith.tsx';

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

/** `linked, 95 %` */
export function statusInWords(participant: Pick<Participant, 'status' | 'confidence'>): string {
  const { status, confidence } = participant;
  return confidence === null ? status : `${status}, ${Math.round(confidence * 100)} %`;
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
