/* What was fetched of the past, in words. */
import type { Coverage, SyncPart } from '@kith/client';
import { shortTime } from './dates.ts';

const number = (count: number): string => count.toLocaleString('en');
const messages = (count: number): string => (count === 1 ? '1 message' : `${number(count)} messages`);

/** Whether nothing more comes of a part. */
export const isOver = ({ state }: Pick<SyncPart, 'state'>): boolean =>
  state !== 'running' && state !== 'waiting';

/** `120 of 400 messages fetched`, `Waiting until 14:05: …`, `All fetched: 400 messages, 3 of them new` */
export function partInWords(part: SyncPart, now: Date = new Date()): string {
  const { state, fetched, total } = part;
  switch (state) {
    case 'running':
      return total === null
        ? `${messages(fetched)} fetched so far`
        : `${number(fetched)} of ${messages(total)} fetched`;
    case 'waiting':
      return `Waiting${part.retryAt === null ? '' : ` until ${shortTime(part.retryAt, now)}`}: ${trouble(part)}`;
    case 'completed':
      return `Done: ${messages(fetched)}, ${number(part.stored)} of them new`;
    case 'failed':
      return `Ended early after ${messages(fetched)}: ${trouble(part)}`;
    case 'not_possible':
      return `Cannot be fetched: ${trouble(part)}`;
  }
}

/** What of a record's past an account was asked for: `All of its past is here`, `Not fetched yet; …`. */
export function coverageInWords(coverage: Coverage, now: Date): string {
  const { state, since, until, missingIdentifiers } = coverage;
  switch (state) {
    case 'complete':
      return 'All of its past is here';
    case 'partial':
      return [
        since === null ? 'Fetched' : `Fetched from ${shortTime(since, now)} on`,
        missingIdentifiers.length === 0 ? '' : `, not for ${missingIdentifiers.join(', ')}`,
        since === null && missingIdentifiers.length === 0 && until !== null
          ? ` until ${shortTime(until, now)}`
          : '',
      ].join('');
    case 'pending':
      return 'Being fetched';
    case 'failed':
      return `Ended early: ${trouble(coverage)}`;
    case 'none':
      return `Not fetched yet; new messages come in since ${shortTime(coverage.liveSince, now)}`;
    case 'not_possible':
      return `Its past cannot be fetched; new messages come in since ${shortTime(coverage.liveSince, now)}`;
  }
}

function trouble({ detail, todo }: { detail: string | null; todo: string | null }): string {
  return todo ?? detail ?? 'it is tried again';
}
