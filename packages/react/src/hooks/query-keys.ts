/*
 * Where answers are kept in the cache. What depends on links stands below `linksKey`, so that one decision makes all of
 * it be read again; what was said, and what came through accounts, changes by other ways.
 */

/** Everything that a decision may change: records, participants, the review, the history. */
export const linksKey = ['kith', 'links'] as const;

/** Keys of what depends on links. */
export const linkKeys = {
  record: (recordId: string) => [...linksKey, 'record', recordId] as const,
  records: (query: string) => [...linksKey, 'records', query] as const,
  participant: (participantId: string) => [...linksKey, 'participant', participantId] as const,
  participants: (filter: object) => [...linksKey, 'participants', filter] as const,
  explanation: (participantId: string) => [...linksKey, 'explanation', participantId] as const,
  review: (filter: object) => [...linksKey, 'review', filter] as const,
  history: (by: string) => [...linksKey, 'history', by] as const,
  overview: [...linksKey, 'overview'] as const,
  /** Conversations by the page of messages for which they were read. */
  conversations: (ids: readonly string[]) => [...linksKey, 'conversations', ids] as const,
  recordConversations: (recordId: string, filter: object) =>
    [...linksKey, 'record-conversations', recordId, filter] as const,
};

/** Keys of what was said. */
export const messageKeys = {
  timeline: (recordId: string, filter: object) => ['kith', 'messages', 'timeline', recordId, filter] as const,
  search: (filter: object) => ['kith', 'messages', 'search', filter] as const,
  conversation: (conversationId: string, window: object) =>
    ['kith', 'messages', 'conversation', conversationId, window] as const,
  content: (messageId: string) => ['kith', 'messages', 'content', messageId] as const,
};

/** Keys of accounts and of what came through them. */
export const accountKeys = {
  all: ['kith', 'accounts'] as const,
  list: ['kith', 'accounts', 'list'] as const,
  accounting: ['kith', 'accounts', 'accounting'] as const,
  byAccount: ['kith', 'accounts', 'by-account'] as const,
  deadLetters: (filter: object) => ['kith', 'accounts', 'dead-letters', filter] as const,
  syncs: (filter: object) => ['kith', 'accounts', 'syncs', filter] as const,
  sync: (syncId: string) => ['kith', 'accounts', 'sync', syncId] as const,
  messageDays: (days: number) => ['kith', 'accounts', 'message-days', days] as const,
  pipelines: ['kith', 'accounts', 'pipelines'] as const,
};
