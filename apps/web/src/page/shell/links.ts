import type { KithLinks } from '@kith/react';

/** Addresses of the pages, as they stand behind "#". */
export const paths = {
  records: '/',
  record: (recordId: string) => `/records/${encodeURIComponent(recordId)}`,
  review: '/review',
  participants: '/participants',
  participant: (participantId: string) => `/participants/${encodeURIComponent(participantId)}`,
  accounts: '/accounts',
  connect: '/accounts/connect',
  account: (accountId: string) => `/accounts/${encodeURIComponent(accountId)}`,
  overview: '/overview',
  history: '/history',
} as const;

/** A path as an address that a link can have. */
export const hrefOf = (path: string): string => `#${path}`;

/** Where Kith's components lead on this site. */
export const links: Required<KithLinks> = {
  record: (recordId) => hrefOf(paths.record(recordId)),
  conversation: (conversationId, { recordId, messageId }) => {
    const page = `/conversations/${encodeURIComponent(conversationId)}`;
    const path = recordId === undefined ? page : `${paths.record(recordId)}${page}`;
    return hrefOf(messageId === undefined ? path : `${path}/${encodeURIComponent(messageId)}`);
  },
  participant: (participantId) => hrefOf(paths.participant(participantId)),
};
