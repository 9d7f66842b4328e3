/* A participant: what it is known by, which record it is linked to and why, and what can be said of it. */
import type { ReadOutputs } from '@kith/client';
import { ParticipantExplanation, useParticipant } from '@kith/react';
import {
  channelNames,
  FailureNotice,
  identifierName,
  RecordName,
  SkeletonRows,
  StatusBadge,
  useRecordGlance,
} from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { ParticipantActions } from './participant-actions.tsx';

type Detail = ReadOutputs['participants']['get'];

/** The participant with this id, or what it became by merging. */
export function ParticipantPage({ participantId }: { participantId: string }) {
  const participant = useParticipant(participantId);
  return (
    <div className="participant-detail">
      <a className="back" href={hrefOf(paths.participants)}>
        <span aria-hidden="true">‹ </span>Participants
      </a>
      {participant.isPending && <SkeletonRows rows={5} what="the participant" />}
      {participant.isLoadingError && (
        <FailureNotice err={participant.error} onRetry={() => void participant.refetch()} />
      )}
      {participant.data !== undefined && <Loaded participant={participant.data} />}
    </div>
  );
}

function Loaded({ participant }: { participant: Detail }) {
  const name = participant.displayName ?? participant.identifier;
  usePageTitle(name);
  return (
    <>
      <header>
        <h1>{name}</h1>
        <p className="participant-facts">
          <StatusBadge participant={participant} />
          {participant.recordId !== null && <LinkedRecord recordId={participant.recordId} />}
        </p>
      </header>
      <ParticipantActions participant={participant} />
      <dl className="participant-known">
        {participant.identifiers.map(({ kind, value }) => (
          <div key={`${kind} ${value}`}>
            <dt>{identifierName(kind)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Channel</dt>
          <dd>{channelNames[participant.channel]}</dd>
        </div>
        <div>
          <dt>Conversations</dt>
          <dd>{countInWords(participant.conversationCount)}</dd>
        </div>
      </dl>
      <h2>Why</h2>
      <ParticipantExplanation participantId={participant.id} />
    </>
  );
}

/** More are not counted. */
const countedMax = 1_000;

const countInWords = (count: number): string =>
  count < countedMax ? String(count) : `${countedMax.toLocaleString('en')} or more`;

function LinkedRecord({ recordId }: { recordId: string }) {
  const record = useRecordGlance(recordId);
  return (
    <span>
      to <RecordName record={{ recordId, title: record.data?.title ?? null }} />
    </span>
  );
}
