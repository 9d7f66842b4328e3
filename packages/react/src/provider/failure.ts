/** What went wrong, in the words of somebody who has to act on it. */
import { type ErrorCode, kithError } from '@kith/client';

/** How a request failed. */
export type FailureKind =
  | 'offline'
  | 'unreachable'
  | 'refused'
  | 'missing'
  | 'merged'
  | 'undone'
  | 'conflict'
  | 'internal'
  | 'other';

/** What cannot be done for a reason that no service told: the message says what to do. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}

/** A failure with its title and what to do, a line each. */
export interface Failure {
  kind: FailureKind;
  title: string;
  advice: string;
}

/** Reads an error of a request; without an answer from Kith it depends on whether the browser has a network. */
export function describeFailure(err: unknown, isOnline: boolean): Failure {
  const kind = failureKind(err, isOnline);
  return { kind, ...words(kind, err) };
}

/** Whether another try may succeed by itself. */
export function isWorthRetrying(err: unknown): boolean {
  const code = kithError(err)?.code;
  return code === undefined || code === 'unavailable' || code === 'internal';
}

/** Whether the API key was not accepted. */
export function isRefused(err: unknown): boolean {
  return kithError(err)?.code === 'unauthorized';
}

/** Whether there is nothing to show, however often it is asked for. */
export function isMissing(err: unknown): boolean {
  const code = kithError(err)?.code;
  return code === 'record_not_found' || code === 'record_merged';
}

const kinds: Partial<Record<ErrorCode, FailureKind>> = {
  unavailable: 'unreachable',
  unauthorized: 'refused',
  record_not_found: 'missing',
  record_deleted: 'missing',
  participant_not_found: 'missing',
  record_merged: 'merged',
  already_undone: 'undone',
  undo_conflict: 'conflict',
  participant_internal: 'internal',
};

function failureKind(err: unknown, isOnline: boolean): FailureKind {
  if (err instanceof NotPossible) return 'other';
  const code = kithError(err)?.code;
  if (code === undefined) return isOnline ? 'unreachable' : 'offline';
  return kinds[code] ?? 'other';
}

function words(kind: FailureKind, err: unknown): { title: string; advice: string } {
  switch (kind) {
    case 'offline':
      return { title: 'You are offline', advice: 'Connect to the network; the page continues by itself.' };
    case 'unreachable':
      return { title: 'Kith cannot be reached', advice: 'Check that its services are running.' };
    case 'refused':
      return { title: 'The API key is not accepted', advice: 'Sign in with a key that is still valid.' };
    case 'missing':
      if (kithError(err)?.code === 'participant_not_found') {
        return {
          title: 'There is no such participant',
          advice: 'They may have been erased. Choose another.',
        };
      }
      return { title: 'There is no such record', advice: 'It may have been deleted. Choose another.' };
    case 'merged':
      return { title: 'This record was merged into another', advice: `${messageOf(err)}.` };
    case 'undone':
      return { title: 'This was undone already', advice: 'The history says by whom.' };
    case 'conflict':
      return { title: 'This cannot be undone as things are', advice: conflictOf(messageOf(err)) };
    case 'internal':
      return { title: 'This is your own team', advice: 'Who is your team is never linked to a record.' };
    case 'other':
      return { title: 'That did not work', advice: messageOf(err) };
  }
}

const messageOf = (err: unknown): string => (err instanceof Error ? err.message : String(err));

/** What stands in the way, as a sentence; the numbers of entries say nothing to whoever reads it. */
function conflictOf(message: string): string {
  const text = message.replaceAll(/,? (in )?entry \d+/g, '');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
