import type { Evidence, Suggestion } from '@kith/client';
import { Moment } from '../parts/moment.tsx';
import { evidenceInWords, originInWords, phraseText, suggestionInWords } from '../words/evidence-words.ts';
import { PhraseText } from './phrase-text.tsx';

/** What a participant and a record share, each with since when and where it came from. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul className="kith-evidence">
      {evidence.map((one) => (
        <li key={`${one.kind} ${one.value} ${one.field} ${one.recordId}`}>
          <PhraseText phrase={evidenceInWords(one)} />
          <span className="kith-hint">
            Since <Moment at={one.observedAt} form="day" />, {originInWords(one.origin)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Why a record may be meant. */
export function ReasonList({ reasons }: { reasons: Suggestion['evidence'] }) {
  const phrases = new Map(reasons.map((reason) => [phraseText(suggestionInWords(reason)), reason]));
  return (
    <ul className="kith-evidence">
      {[...phrases].map(([text, reason]) => (
        <li key={text}>
          <PhraseText phrase={suggestionInWords(reason)} />
        </li>
      ))}
    </ul>
  );
}
