import type { ReactNode } from 'react';
import { describeFailure } from '../provider/failure.ts';
import { useOnline } from '../provider/online.ts';

/** Says that there is nothing, and what to do about it. */
export function EmptyNotice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="kith-notice">
      <p className="kith-notice-title">{title}</p>
      <p>{children}</p>
    </div>
  );
}

/** Says what failed and what to do, with a button to try again. */
export function FailureNotice({ err, onRetry }: { err: unknown; onRetry: () => void }) {
  const failure = describeFailure(err, useOnline());
  return (
    <div className="kith-notice" role="alert">
      <p className="kith-notice-title">{failure.title}</p>
      <p>{failure.advice}</p>
      {failure.kind !== 'missing' && (
        <button type="button" className="kith-button" onClick={onRetry}>
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
    <p className="kith-banner" role="status">
      <strong>{failure.title}.</strong> What you see may be out of date. {failure.advice}
    </p>
  );
}

/** Says what went wrong with something that was just tried. */
export function FailureLine({ err }: { err: unknown }) {
  const failure = describeFailure(err, useOnline());
  return (
    <p className="kith-problem" role="alert">
      {failure.title}. {failure.advice}
    </p>
  );
}
