/* What happens to deliveries, accounts and syncs, in the words of whoever looks after them. */
import type { Accounting, Provider, ReadOutputs, SyncPart, SyncReason } from '@kith/client';

type DeadLetter = ReadOutputs['deliveries']['deadLetters']['items'][number];

/** `1,204` */
export const inFigures = (count: number): string => count.toLocaleString('en');

/** `1 page`, `3 pages` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${inFigures(count)} ${count === 1 ? one : many}`;

const ignoredWords: Readonly<Record<string, string>> = {
  unknown_event_type: 'kinds of events that Kith does not know',
  not_a_conversation_event: 'events about something else than conversations',
  provider_test_payload: 'tests by the provider',
  nothing_for_us: 'with nothing in them',
  subscription_event: 'beginnings and ends of subscriptions',
  history_declined: 'histories that the business does not share',
  other_account: 'of an account of another channel',
  erased: 'of people who were erased',
};

/** Why something was ignored: it follows a number. */
export const ignoredInWords = (reason: string): string => ignoredWords[reason] ?? reason.replaceAll('_', ' ');

const deadLetterWords = {
  not_a_message: 'It is not a message',
  too_many_parts: 'It has too many parts',
  too_deeply_nested: 'Its parts lie too deep within each other',
  headers_too_large: 'Its headers are too large',
  parse_deadline_exceeded: 'Reading it took too long',
  parse_failed: 'It could not be read',
  content_not_included: 'Its text did not come with it and could not be fetched',
  invalid_delivery: 'It was read as something that cannot be',
  write_failed: 'It could not be stored',
} as const satisfies Record<DeadLetter['reason'], string>;

/** Why something could not be stored. */
export const deadLetterInWords = (reason: DeadLetter['reason']): string => deadLetterWords[reason];

const syncReasonWords = {
  rate_limited: 'The provider asks for patience',
  provider_unavailable: 'The provider does not answer',
  bad_answer: 'The provider’s answer is not what its API promises',
  no_identifiers: 'The record has nothing by which this account could know it',
  no_history_api: 'This provider keeps no messages that can be asked for',
  history_by_webhook_only: 'This provider sends history only once, when a number is connected',
  no_credentials: 'The account has no credentials for the provider’s API',
  credentials_refused: 'The provider refuses the account’s credentials',
  not_found: 'The provider does not know the account',
  cursor_loops: 'The provider leads in a circle; what it gave is kept',
  cursor_expired: 'The provider forgot where the sync was; what it gave is kept',
  account_gone: 'The account was disconnected',
  pages_lost: 'Pages were fetched and did not arrive',
} as const satisfies Record<SyncReason, string>;

/** What to do about each, on this page rather than in a program. */
const syncTodos: Partial<Record<SyncReason, string>> = {
  no_history_api: 'Give the account a mailbox under Change, or connect the mailbox through Nylas or Unipile.',
  no_credentials: 'Add them under Change.',
  credentials_refused:
    'Connect the account again at the provider, put the new credentials in under Change, and fetch again.',
  not_found: 'Check the account’s id at the provider under Change.',
  account_gone: 'Connect it again, then fetch again.',
};

/** Why a sync waits, failed or is not possible. */
export const syncReasonInWords = (reason: SyncReason): string => syncReasonWords[reason];

/** What to do about it; null where there is nothing. */
export function syncTodoInWords({ reason, todo }: Pick<SyncPart, 'reason' | 'todo'>): string | null {
  const own = reason === null ? undefined : syncTodos[reason];
  return own ?? (todo === null ? null : `${todo.charAt(0).toUpperCase()}${todo.slice(1)}.`);
}

/** How far one account’s share of a sync is: `340 of about 1,200 messages`, `12 pages, 340 messages`. */
export function progressInWords({ fetched, total, pages }: Pick<SyncPart, 'fetched' | 'total' | 'pages'>) {
  return total === null
    ? `${counted(pages, 'page')}, ${counted(fetched, 'message')}`
    : `${inFigures(fetched)} of about ${counted(total, 'message')}`;
}

/** What became of what was fetched: `12 new, 300 known already`; null while nothing was. */
export function outcomeInWords(part: Pick<SyncPart, 'stored' | 'duplicate' | 'ignored' | 'deadLettered'>) {
  const parts = [
    [part.stored, 'new'],
    [part.duplicate, 'known already'],
    [part.ignored, 'ignored'],
    [part.deadLettered, part.deadLettered === 1 ? 'dead letter' : 'dead letters'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${inFigures(count)} ${what}`);
  return told.length === 0 ? null : told.join(', ');
}

const dayMs = 86_400_000;
/** A provider that posts nothing, and one whose messages come rarely, are no sign of trouble. */
const quietAfterMs = 7 * dayMs;

/** Whether an account has been silent for so long that somebody may want to look. */
export function isQuiet(account: { provider: Provider; lastDeliveryAt: string | null }, now: Date): boolean {
  if (account.provider === 'imap' || account.lastDeliveryAt === null) return false;
  return now.getTime() - Date.parse(account.lastDeliveryAt) > quietAfterMs;
}

/** Whether anything came since the account was connected; one that was away keeps the time of what came before. */
export function hasDelivered(account: { createdAt: string; lastDeliveryAt: string | null }): boolean {
  return (
    account.lastDeliveryAt !== null && Date.parse(account.lastDeliveryAt) >= Date.parse(account.createdAt)
  );
}

/** The terms that `accepted` is the sum of, in the order in which they are read. */
export const accountingTerms = [
  { key: 'stored', name: 'stored', hint: 'New here, and in the timeline' },
  { key: 'duplicate', name: 'known already', hint: 'Came before: nothing is there twice' },
  { key: 'ignored', name: 'ignored', hint: 'Nothing in it for a conversation' },
  { key: 'deadLettered', name: 'dead letters', hint: 'Could not be stored; kept, and can be read again' },
  { key: 'pending', name: 'on its way', hint: 'Accepted, and stored within moments' },
] as const satisfies readonly { key: keyof Accounting; name: string; hint: string }[];

export type AccountingCounts = Record<(typeof accountingTerms)[number]['key'] | 'accepted', number>;

/** What `accepted` and the sum of its terms differ by: 0, unless something was lost or counted twice. */
export const differenceOf = (counts: AccountingCounts): number =>
  counts.accepted - accountingTerms.reduce((sum, { key }) => sum + counts[key], 0);
