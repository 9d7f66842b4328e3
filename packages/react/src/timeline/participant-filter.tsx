import type { Participant } from '@kith/client';
import { useId, useState } from 'react';
import { Popover } from '../parts/overlay.tsx';
import { ParticipantName } from '../parts/participant-name.tsx';
import type { RecordDetails } from './use-record.ts';
import { type Choice, toggled } from './use-timeline-view.ts';

/** `records.timeline` takes no more at once. */
const chosenMax = 20;
/** From so many on one looks for a name rather than through the list. */
const searchedMin = 9;

interface ParticipantFilterProps {
  record: RecordDetails | undefined;
  choice: Pick<Choice, 'participantIds'>;
  choose: (change: Partial<Choice>) => void;
}

/** A menu of the record's participants: only conversations with those chosen are shown. */
export function ParticipantFilter({ record, choice, choose }: ParticipantFilterProps) {
  const { participantIds } = choice;
  const label = participantIds.length === 0 ? 'Anyone' : `${participantIds.length} chosen`;
  return (
    <span className="kith-timeline-participants">
      <Popover
        className={participantIds.length === 0 ? 'kith-toggle' : 'kith-toggle kith-toggle-on'}
        title="Participants to show"
        label={
          <>
            <span className="kith-visually-hidden">With: </span>
            {label} <span aria-hidden="true">▾</span>
          </>
        }
      >
        {() => (
          <Choices
            participants={record?.participants ?? []}
            chosen={participantIds}
            onChosen={(ids) => choose({ participantIds: ids })}
          />
        )}
      </Popover>
    </span>
  );
}

interface ChoicesProps {
  participants: readonly Participant[];
  chosen: readonly string[];
  onChosen: (ids: readonly string[]) => void;
}

function Choices({ participants, chosen, onChosen }: ChoicesProps) {
  const [text, setText] = useState('');
  const fits = ({ displayName, identifier }: Participant) =>
    `${displayName ?? ''} ${identifier}`.toLowerCase().includes(text.trim().toLowerCase());
  if (participants.length === 0) return <p className="kith-hint">Nobody is linked to this record yet.</p>;
  return (
    <div className="kith-choices">
      {participants.length >= searchedMin && (
        <input
          className="kith-input"
          type="search"
          aria-label="Find a participant"
          placeholder="Name or address"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul>
        {participants.filter(fits).map((participant) => (
          <Choosable
            key={participant.id}
            participant={participant}
            isChosen={chosen.includes(participant.id)}
            isFull={chosen.length >= chosenMax}
            onToggle={() => onChosen(toggled(chosen, participant.id))}
          />
        ))}
      </ul>
      {chosen.length > 0 && (
        <button type="button" className="kith-button" onClick={() => onChosen([])}>
          Show anyone
        </button>
      )}
    </div>
  );
}

function Choosable(props: {
  participant: Participant;
  isChosen: boolean;
  isFull: boolean;
  onToggle: () => void;
}) {
  const id = useId();
  return (
    <li>
      <label htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={props.isChosen}
          disabled={props.isFull && !props.isChosen}
          onChange={props.onToggle}
        />
        <ParticipantName participant={props.participant} isLink={false} />
      </label>
    </li>
  );
}
