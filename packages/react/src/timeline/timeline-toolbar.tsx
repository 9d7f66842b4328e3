import type { Channel } from '@kith/client';
import type { RefObject } from 'react';
import { ChannelMark } from '../parts/channel-mark.tsx';
import { channelNames } from '../words/words.ts';
import { LiveIndicator } from './live-indicator.tsx';
import type { Connection } from './follow-record.ts';
import { ParticipantFilter } from './participant-filter.tsx';
import type { RecordDetails } from './use-record.ts';
import { type Choice, type Mode, toggled } from './use-timeline-view.ts';

export interface TimelineToolbarProps {
  record: RecordDetails | undefined;
  choice: Choice;
  choose: (change: Partial<Choice>) => void;
  connection: Connection;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** What is shown of a timeline, and how one looks for something in it. */
export function TimelineToolbar({ record, choice, choose, connection, searchRef }: TimelineToolbarProps) {
  return (
    <div className="kith-timeline-toolbar">
      <div className="kith-timeline-bar">
        <ModeSwitch mode={choice.mode} onMode={(mode) => choose({ mode, query: '' })} />
        <search className="kith-timeline-search">
          <input
            ref={searchRef}
            className="kith-input"
            type="search"
            aria-label="Search in this timeline"
            placeholder="Search"
            aria-keyshortcuts="/"
            value={choice.query}
            onChange={(event) => choose({ query: event.target.value })}
          />
        </search>
      </div>
      <div className="kith-timeline-bar">
        <ChannelFilter
          count={record?.conversationCount}
          channels={choice.channels}
          onToggle={(channel) => choose({ channels: toggled(choice.channels, channel) })}
        />
        {choice.mode === 'messages' && (
          <>
            <ParticipantFilter record={record} choice={choice} choose={choose} />
            <DayInput day={choice.day} onDay={(day) => choose({ day })} />
          </>
        )}
        <LiveIndicator connection={connection} />
      </div>
    </div>
  );
}

/** The browser's own field for a day. Half a date is none, and a date that is taken back leads to the newest message. */
function DayInput({ day, onDay }: { day: string | null; onDay: (day: string | null) => void }) {
  return (
    <label className="kith-day-field">
      <span>Jump to</span>
      <input
        className="kith-day-input"
        type="date"
        aria-label="Jump to date"
        title="Jump to date"
        value={day ?? ''}
        onChange={(event) => onDay(event.target.value === '' ? null : event.target.value)}
      />
    </label>
  );
}

const modes = { messages: 'Messages', conversations: 'Conversations' } as const satisfies Record<
  Mode,
  string
>;

function ModeSwitch({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  return (
    <div className="kith-segments" role="group" aria-label="Show">
      {(['messages', 'conversations'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={one === mode} onClick={() => onMode(one)}>
          {modes[one]}
        </button>
      ))}
    </div>
  );
}

const allChannels = Object.keys(channelNames) as Channel[];

type Count = Readonly<Record<Channel, number>> | undefined;

/** `Email, 12 conversations` */
function channelInWords(channel: Channel, count: Count): string {
  if (count === undefined) return channelNames[channel];
  const conversations = count[channel] === 1 ? 'conversation' : 'conversations';
  return `${channelNames[channel]}, ${count[channel].toLocaleString('en')} ${conversations}`;
}

function ChannelFilter({
  count,
  channels,
  onToggle,
}: {
  count: Count;
  channels: readonly Channel[];
  onToggle: (channel: Channel) => void;
}) {
  return (
    <div className="kith-channels" role="group" aria-label="Channels">
      {allChannels.map((channel) => (
        <button
          key={channel}
          type="button"
          className="kith-toggle"
          aria-pressed={channels.includes(channel)}
          aria-label={channelInWords(channel, count)}
          title={channelInWords(channel, count)}
          aria-disabled={count?.[channel] === 0 && !channels.includes(channel)}
          onClick={() => onToggle(channel)}
        >
          <ChannelMark channel={channel} />
          <span className="kith-count">{count?.[channel].toLocaleString('en') ?? '–'}</span>
        </button>
      ))}
    </div>
  );
}
