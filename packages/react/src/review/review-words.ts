import type { ReviewItem } from '@kith/client';

/** Why somebody waits. */
export const reasonWords = {
  ambiguous: 'Several records fit',
  contested: 'Contested',
  unlinked: 'Not linked yet',
} as const satisfies Record<ReviewItem['reason'], string>;

/** `1 message`, `1,204 messages` */
export const messagesInWords = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'}`;
