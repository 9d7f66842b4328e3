/*
 * What became of what was accepted, as a sum that anybody can check: a bar, and the numbers that add up to it. Each
 * term has a pattern besides its shade, so that none is known by colour alone.
 */
import type { Accounting } from '@kith/client';
import { type AccountingCounts, accountingTerms, differenceOf, ignoredInWords, inFigures } from './words.ts';

/** The bar alone: how the whole divides. What it shows stands beside it in numbers. */
export function AccountingBar({ counts }: { counts: AccountingCounts }) {
  const shown = accountingTerms.filter(({ key }) => counts[key] > 0);
  return (
    <span className="accounting-bar" aria-hidden="true">
      {shown.map(({ key, name }) => (
        <span key={key} data-term={key} title={name} style={{ flexGrow: counts[key] }} />
      ))}
    </span>
  );
}

/** `840 accepted = 830 stored + 10 known already + …`, below its bar. Terms that are zero are told too. */
export function AccountingEquation({ counts, isWhole }: { counts: AccountingCounts; isWhole: boolean }) {
  const terms = accountingTerms.filter(({ key }) => isWhole || key !== 'pending');
  return (
    <div className="accounting">
      <AccountingBar counts={counts} />
      <dl className="equation">
        <div>
          <dt>accepted</dt>
          <dd>{inFigures(counts.accepted)}</dd>
        </div>
        {terms.map(({ key, name, hint }) => (
          <div key={key} title={hint} data-zero={counts[key] === 0}>
            <dt>
              <span className="swatch" data-term={key} aria-hidden="true" />
              {name}
            </dt>
            <dd>{inFigures(counts[key])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Whether the sum is right, in a sentence. */
export function Verdict({ counts }: { counts: AccountingCounts }) {
  const difference = differenceOf(counts);
  if (difference === 0) {
    return <p className="verdict">It adds up: everything that was accepted is accounted for.</p>;
  }
  return (
    <p className="kith-problem" role="alert">
      It does not add up: {inFigures(Math.abs(difference))} {difference > 0 ? 'are missing' : 'too many'}. Run{' '}
      <code>kith accounting</code>, and look into the resolver’s log.
    </p>
  );
}

/** Why what was ignored was, most frequent first; nothing where nothing was. */
export function IgnoredReasons({ reasons }: { reasons: Accounting['ignoredByReason'] }) {
  const sorted = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  if (sorted.length === 0) return null;
  return (
    <section aria-labelledby="ignored">
      <h3 id="ignored">Ignored, and why</h3>
      <ul className="reasons">
        {sorted.map(([reason, count]) => (
          <li key={reason}>
            <span>{inFigures(count)}</span> {ignoredInWords(reason)}
          </li>
        ))}
      </ul>
    </section>
  );
}
