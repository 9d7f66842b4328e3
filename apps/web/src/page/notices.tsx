import type { ReactNode } from 'react';
import { describeFailure } from './failure.ts';
import { useOnline } from './online.ts';

/** Says that something is on its way; it appears only after a moment, so that a quick answer does not flicker. */
export function LoadingNotice({ what }: { what: string }) {
  return (
    <p className="notice late" role="status">
      Loading {what}…
    </p>
  );
}

/** Says that there is nothing, and what to do about it. */
export function EmptyNotice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="notice">
      <p className="notice-title">{title}</p>
      <p>{children}</p>
    </div>
  );
}

/** Says what failed and what to do, with a button to try again. */
export function FailureNotice({ err, onRetry }: { err: unknown; onRetry: () => void }) {
  const failure = describeFailure(err, useOnline());
  return (
    <div className="notice" role="alert">
      <p className="notice-title">{failure.title}</p>
      <p>{failure.advice}</p>
      {failure.kind !== 'missing' && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Says above what is still shown that it may be old. */
export function StaleBanner({ err }: { err: unknown }) {
  const failure = describeFailure(err, useOnline());
  return (
    <p className="banner" role="status">
      <strong>{failure.title}.</strong> What you see may be out of date. {failure.advice}
    </p>
  );
}
