import type { Channel, ParticipantStatus } from '@kith/client';
import type { ParticipantFilter } from '@kith/react';
import { channelNames } from '@kith/react/parts';

/** No filter at all. */
export const everybody: ParticipantFilter = { query: '', status: null, channel: null };

const statuses: readonly [ParticipantStatus, string][] = [
  ['linked', 'Linked'],
  ['unlinked', 'Not linked'],
  ['ambiguous', 'Several records fit'],
  ['internal', 'Your team'],
];
const channels = Object.entries(channelNames) as [Channel, string][];

/** Who is listed. */
export function ParticipantFilters(props: {
  filter: ParticipantFilter;
  onChange: (filter: ParticipantFilter) => void;
}) {
  const { filter, onChange } = props;
  return (
    <search className="participant-filters">
      <input
        className="kith-input"
        type="search"
        aria-label="Search participants"
        placeholder="Name, address or number"
        value={filter.query}
        onChange={(event) => onChange({ ...filter, query: event.target.value })}
      />
      <Choice
        label="Status"
        all="Every status"
        options={statuses}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status })}
      />
      <Choice
        label="Channel"
        all="Every channel"
        options={channels}
        value={filter.channel}
        onChange={(channel) => onChange({ ...filter, channel })}
      />
    </search>
  );
}

function Choice<T extends string>(props: {
  label: string;
  all: string;
  options: readonly [T, string][];
  value: T | null;
  onChange: (value: T | null) => void;
}) {
  return (
    <select
      className="kith-select"
      aria-label={props.label}
      value={props.value ?? ''}
      onChange={({ target }) =>
        props.onChange(props.options.find(([value]) => value === target.value)?.[0] ?? null)
      }
    >
      <option value="">{props.all}</option>
      {props.options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}
