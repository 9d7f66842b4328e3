import type { Explanation, HistoryEntry } from '@kith/client';
import { Moment } from '../parts/moment.tsx';
import { RecordName } from '../parts/record-name.tsx';
import { likelihood } from '../words/evidence-words.ts';
import { methodInWords } from '../words/words.ts';
import { EvidenceList, ReasonList } from './evidence-list.tsx';
import { HistoryItem } from './history-item.tsx';

/** The answer: in a sentence, then how the link came about and what carries it. */
export function Answer({ explanation }: { explanation: Explanation }) {
  const { summary, method, confidence, evidence } = explanation;
  // The evidence says it better, where there is some.
  const how = evidence.length === 0 ? methodInWords(method) : undefined;
  return (
    <>
      <p className="kith-summary">{summary}</p>
      {how !== undefined && (
        <p className="kith-hint">
          {how}
          {confidence !== null && `; ${Math.round(confidence * 100)} % sure`}
        </p>
      )}
      <EvidenceList evidence={evidence} />
    </>
  );
}

/** The records that hold the same, those that may be meant, and those that a person ruled out. */
export function OtherRecords({ explanation }: { explanation: Explanation }) {
  const { candidates, candidateCount, suggestions, rejected } = explanation;
  return (
    <>
      {candidates.length > 0 && (
        <section>
          <h3>{explanation.contested ? 'Also held by' : 'Records that fit'}</h3>
          <ul className="kith-others">
            {candidates.map((candidate) => (
              <li key={candidate.recordId}>
                <RecordName record={candidate} />
                <EvidenceList evidence={candidate.evidence} />
              </li>
            ))}
          </ul>
          {candidateCount > candidates.length && (
            <p className="kith-hint">And {candidateCount - candidates.length} more.</p>
          )}
        </section>
      )}
      {suggestions.length > 0 && (
        <section>
          <h3>Records that may be meant</h3>
          <ul className="kith-others">
            {suggestions.map((suggestion) => (
              <li key={suggestion.recordId}>
                <RecordName record={suggestion} />{' '}
                <span className="kith-tag">{likelihood(suggestion.score)}</span>
                <ReasonList reasons={suggestion.evidence} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {rejected.length > 0 && (
        <section>
          <h3>Ruled out</h3>
          <ul className="kith-others">
            {rejected.map((record) => (
              <li key={record.recordId}>
                <RecordName record={record} />{' '}
                <span className="kith-hint">
                  by a person, <Moment at={record.at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What happened to a participant’s link, newest first. */
export function History({ explanation }: { explanation: Explanation }) {
  if (explanation.history.length === 0) return <p className="kith-hint">Nothing has been decided yet.</p>;
  return (
    <ol className="kith-history">
      {explanation.history.map((entry) => (
        <HistoryItem key={entry.eventId} entry={entry} isUndoable={isInForce(entry, explanation)} />
      ))}
    </ol>
  );
}

/** A link that a rule made can be contradicted while it stands. */
function isInForce({ reason, action, recordId }: HistoryEntry, explanation: Explanation): boolean {
  const isWord = reason === 'person' || reason === 'undo';
  return isWord || action === 'merged' || action === 'split' || recordId === explanation.recordId;
}
