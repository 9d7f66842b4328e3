import { FailureNotice } from '@kith/react/parts';
import { useAccounting } from './account-reads.ts';
import { AccountingEquation, IgnoredReasons, Verdict } from './accounting-view.tsx';

/** What became of everything that was ever accepted, and whether it adds up. */
export function WholeAccounting() {
  const accounting = useAccounting();
  return (
    <section className="whole" aria-labelledby="whole">
      <h2 id="whole">Everything that was accepted</h2>
      {accounting.isLoadingError && (
        <FailureNotice err={accounting.error} onRetry={() => void accounting.refetch()} />
      )}
      {accounting.data !== undefined && (
        <>
          <AccountingEquation counts={accounting.data} isWhole />
          <Verdict counts={accounting.data} />
          <IgnoredReasons reasons={accounting.data.ignoredByReason} />
        </>
      )}
    </section>
  );
}
