/*
 * Every message with a record, of all channels, newest first, live; and the same as conversations, found by words, or
 * from a date on.
 */
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { ConversationView } from '../conversation/conversation-view.tsx';
import { useSettled } from '../hooks/settled.ts';
import { useRecord } from './use-record.ts';
import { ConversationList } from './conversation-list.tsx';
import { MessagePanel, type MessagePanelHandle } from './message-panel.tsx';
import { SearchResults } from './search-results.tsx';
import { type OpenedConversation, TimelineContext } from './timeline-context.ts';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import { useLiveTimeline } from './use-live-timeline.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { useTimelineView } from './use-timeline-view.ts';

export interface RecordTimelineProps {
  /** The CRM's own id of the record. */
  recordId: string;
  /**
   * The conversation that the host's address names, shown in the timeline's place until `onLeave` is followed; for hosts
   * whose `links.conversation` leads to the record's own page.
   */
  opened?: OpenedConversation | null;
  /** Leads back from `opened`. */
  onLeave?: () => void;
  /** Whether the keys work wherever the focus is: for a page that is the record's. */
  hasPageKeys?: boolean;
}

const settleMs = 250;

/** Every message with a record, of all channels, newest first, live. It fills the height that it is given. */
export function RecordTimeline(props: RecordTimelineProps) {
  const { recordId, onLeave, hasPageKeys = false } = props;
  const section = useRef<HTMLElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<MessagePanelHandle>(null);
  const [openedHere, open] = useState<OpenedConversation | null>(null);
  const opened = props.opened ?? openedHere;
  const { choice, choose, view } = useTimelineView(recordId);
  const query = useSettled(choice.query.trim(), settleMs);
  const record = useRecord(recordId);
  const connection = useLiveTimeline(view, (messages) => list.current?.onMessages(messages));
  const context = useMemo(() => ({ recordId, open }), [recordId]);
  const isSearching = query !== '' && choice.query.trim() !== '';
  const returnFocus = useReturningFocus(list, opened !== null || isSearching);
  const leaveConversation = () => {
    if (props.opened != null) onLeave?.();
    open(null);
    returnFocus();
  };
  const showNewest = () => {
    choose({ day: null });
    list.current?.showNewest();
  };
  const leave = () => {
    if (opened !== null) {
      leaveConversation();
      return true;
    }
    if (choice.query !== '') choose({ query: '' });
    else if (!isOutsideList(section)) return false;
    returnFocus();
    return true;
  };
  useTimelineKeys(section, {
    isEverywhere: hasPageKeys,
    actions: {
      move: (by) => opened === null && list.current?.move(by),
      openFocused: () => opened === null && (list.current?.openFocused() ?? false),
      search: () => search.current?.focus(),
      filterChannels: () => focusIn(section, '.kith-channels button'),
      filterParticipants: () => focusIn(section, '.kith-timeline-participants button'),
      showNewest,
      leave,
    },
  });
  return (
    <TimelineContext value={context}>
      <section ref={section} className="kith-timeline" aria-label="Timeline">
        <div className="kith-timeline-main" inert={opened !== null}>
          <TimelineToolbar
            record={record.data}
            choice={choice}
            choose={choose}
            connection={connection}
            searchRef={search}
          />
          <div className="kith-timeline-body">
            {choice.mode === 'messages' && (
              <MessagePanel
                ref={list}
                view={view}
                record={record.data}
                isCovered={isSearching}
                onShowNewest={showNewest}
                onShowAll={() => choose({ channels: [], participantIds: [], day: null })}
              />
            )}
            {choice.mode === 'conversations' && !isSearching && (
              <Panel>
                <ConversationList recordId={recordId} channels={choice.channels} />
              </Panel>
            )}
            {isSearching && (
              <Panel>
                <SearchResults recordId={recordId} query={query} channels={choice.channels} />
              </Panel>
            )}
          </div>
        </div>
        {opened !== null && (
          <div className="kith-timeline-over">
            <p className="kith-timeline-back">
              <button type="button" className="kith-button-quiet" onClick={leaveConversation} autoFocus>
                <span aria-hidden="true">‹ </span>Back to the timeline
              </button>
            </p>
            <ConversationView {...opened} recordId={recordId} />
          </div>
        )}
      </section>
    </TimelineContext>
  );
}

/** Gives the keyboard back to the messages, once nothing lies over them: before, they cannot have it. */
function useReturningFocus(list: RefObject<MessagePanelHandle | null>, isCovered: boolean): () => void {
  const [wanted, want] = useState(0);
  const given = useRef(wanted);
  useEffect(() => {
    if (isCovered || given.current === wanted) return;
    given.current = wanted;
    list.current?.focusList();
  }, [list, isCovered, wanted]);
  return () => want(wanted + 1);
}

function Panel({ children }: { children: ReactNode }) {
  return <div className="kith-timeline-panel">{children}</div>;
}

const isOutsideList = (section: RefObject<HTMLElement | null>): boolean =>
  section.current?.querySelector('.kith-timeline-scroller') !== document.activeElement;

function focusIn(section: RefObject<HTMLElement | null>, selector: string): void {
  section.current?.querySelector<HTMLElement>(selector)?.focus();
}
