import type { Sync, SyncPart } from '@kith/client';
import { clockTime, dayName, Moment, ProgressBar, RecordName, useNow } from '@kith/react/parts';
import { counted, outcomeInWords, progressInWords, syncReasonInWords, syncTodoInWords } from './words.ts';

const stateWords = {
  running: 'Fetching',
  waiting: 'Waiting',
  completed: 'Done',
  failed: 'Failed',
  not_possible: 'Not possible',
} as const satisfies Record<SyncPart['state'], string>;

/** One thing that was asked of an account: what, how far it is, what came of it, and what to do. */
export function SyncRow({ sync, accountId }: { sync: Sync; accountId: string }) {
  const part = sync.parts.find((candidate) => candidate.accountId === accountId);
  if (part === undefined) return null;
  const isOn = part.state === 'running' || part.state === 'waiting';
  return (
    <li className="sync-row">
      <p className="sync-head">
        <span className={`sync-state sync-${part.state}`}>{stateWords[part.state]}</span>
        <span className="sync-what">
          <Asked sync={sync} />
        </span>
        <Moment at={sync.requestedAt} />
      </p>
      {isOn && (
        <ProgressBar
          label={progressInWords(part)}
          value={part.total === null || part.total === 0 ? null : part.fetched / part.total}
        />
      )}
      <p className="account-detail">{toldOf(part).join(' · ')}</p>
      <Trouble part={part} />
    </li>
  );
}

function Asked({ sync: { scope, recordId } }: { sync: Sync }) {
  if (scope === 'account') return 'All of its history';
  if (scope === 'reconcile') return 'Check that nothing is missing';
  return (
    <>
      History of <RecordName record={{ recordId: recordId ?? '', title: null }} />
    </>
  );
}

function toldOf(part: SyncPart): string[] {
  if (part.state === 'not_possible') return [];
  const missing = part.missingMessageIds.length;
  return [
    progressInWords(part),
    outcomeInWords(part),
    missing === 0
      ? null
      : `${counted(missing, 'message')} had never come, and ${missing === 1 ? 'is' : 'are'} here now`,
  ].filter((words) => words !== null);
}

/** Why it waits or failed, when it goes on, and what to do. */
function Trouble({ part }: { part: SyncPart }) {
  const now = useNow();
  if (part.reason === null) return null;
  return (
    <p className={part.state === 'failed' ? 'kith-problem' : 'kith-hint'}>
      {syncReasonInWords(part.reason)}
      {part.detail === null || part.state === 'not_possible' ? '' : ` (${part.detail})`}.{' '}
      {part.retryAt === null
        ? syncTodoInWords(part)
        : `It goes on by itself ${timeAhead(part.retryAt, now)}.`}
    </p>
  );
}

function timeAhead(at: string, now: Date): string {
  if (Date.parse(at) <= now.getTime()) return 'in a moment';
  const day = dayName(at, now);
  return day === 'Today' ? `at ${clockTime(at)}` : `on ${day} at ${clockTime(at)}`;
}
