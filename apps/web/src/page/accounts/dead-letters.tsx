/*
 * What an account brought that could not be stored: kept, told with its reason, and read again when asked. What is
 * replayed leaves the list when it was stored after all, so the list is followed closely for a while.
 */
import type { ReadOutputs } from '@kith/client';
import { FailureLine, FailureNotice, Moment, MoreButton, SkeletonRows } from '@kith/react/parts';
import { useState } from 'react';
import { useDeadLetters } from './account-reads.ts';
import { type Replayed, useReplay } from './use-replay.ts';
import { counted, deadLetterInWords, inFigures } from './words.ts';

type DeadLetter = ReadOutputs['deliveries']['deadLetters']['items'][number];

/** The section of the account's page. */
export function DeadLetters({ accountId }: { accountId: string }) {
  const letters = useDeadLetters(accountId);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const replay = useReplay(accountId);
  const items = letters.data?.pages.flatMap((page) => page.items);
  const chosen = items?.filter(({ id }) => selected.has(id)).map(({ id }) => id) ?? [];
  const toggle = (id: string) =>
    setSelected(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    );
  return (
    <section aria-labelledby="dead-letters">
      <h2 id="dead-letters">Dead letters</h2>
      {letters.isPending && <SkeletonRows rows={2} what="dead letters" />}
      {letters.isLoadingError && <FailureNotice err={letters.error} onRetry={() => void letters.refetch()} />}
      {items?.length === 0 && <p className="kith-hint">None: everything could be read and stored.</p>}
      <p role="status" className="replayed">
        {replay.told === null ? '' : toldInWords(replay.told)}
      </p>
      {replay.err !== null && <FailureLine err={replay.err} />}
      {items !== undefined && items.length > 0 && (
        <>
          {items.some(({ replayable }) => replayable) && (
            <ReadAgain chosen={chosen} isBusy={replay.isBusy} onRun={(ids) => void replay.run(ids)} />
          )}
          <ul className="dead-letters">
            {items.map((letter) => (
              <Letter
                key={letter.id}
                letter={letter}
                isSelected={selected.has(letter.id)}
                onToggle={() => toggle(letter.id)}
                onReplay={() => void replay.run([letter.id])}
              />
            ))}
          </ul>
        </>
      )}
      {letters.hasNextPage && (
        <MoreButton
          isLoading={letters.isFetchingNextPage}
          hasFailed={letters.isFetchNextPageError}
          onMore={() => void letters.fetchNextPage()}
        />
      )}
    </section>
  );
}

function ReadAgain(props: {
  chosen: readonly string[];
  isBusy: boolean;
  onRun: (ids: readonly string[] | null) => void;
}) {
  const { chosen, isBusy, onRun } = props;
  return (
    <p className="form-actions">
      <button
        type="button"
        className="kith-button"
        aria-disabled={isBusy}
        onClick={() => onRun(chosen.length === 0 ? null : chosen)}
      >
        {chosen.length === 0 ? 'Read all again' : `Read ${inFigures(chosen.length)} again`}
      </button>
    </p>
  );
}

function toldInWords({ replayed, skipped }: Replayed): string {
  const kept = `Of ${counted(skipped, 'dead letter')} nothing is kept any more.`;
  if (replayed === 0) return skipped === 0 ? 'There is nothing to read again.' : kept;
  const read = `${counted(replayed, 'dead letter')} ${replayed === 1 ? 'is' : 'are'} read again. What can be stored now leaves the list; what fails again stays.`;
  return skipped === 0 ? read : `${read} ${kept}`;
}

function Letter(props: {
  letter: DeadLetter;
  isSelected: boolean;
  onToggle: () => void;
  onReplay: () => void;
}) {
  const { letter, isSelected, onToggle, onReplay } = props;
  const reason = deadLetterInWords(letter.reason);
  return (
    <li>
      {letter.replayable ? (
        <input type="checkbox" aria-label={`Select: ${reason}`} checked={isSelected} onChange={onToggle} />
      ) : (
        <span />
      )}
      <div>
        <p>{reason}</p>
        <p className="account-detail">{letter.detail}</p>
        {!letter.replayable && (
          <p className="account-detail">What arrived is not kept any more, so it cannot be read again.</p>
        )}
      </div>
      <Moment at={letter.createdAt} />
      {letter.replayable && (
        <button type="button" className="kith-button-quiet" onClick={onReplay}>
          Read again
        </button>
      )}
    </li>
  );
}
