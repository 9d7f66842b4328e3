import type { Participant } from '@kith/client';
import { useKith } from '../provider/kith-context.ts';
import { ChannelMark } from './channel-mark.tsx';

type Named = Pick<Participant, 'id' | 'channel' | 'identifier' | 'displayName'>;

/** Who a participant is: the channel's sign, the name, and the identifier below or beside it. */
export function ParticipantName({ participant, isLink = true }: { participant: Named; isLink?: boolean }) {
  const { links } = useKith();
  const name = participant.displayName ?? participant.identifier;
  const href = isLink ? links.participant?.(participant.id) : undefined;
  return (
    <span className="kith-participant-name">
      <ChannelMark channel={participant.channel} />
      <span>
        {href === undefined ? <span className="kith-name">{name}</span> : <a href={href}>{name}</a>}
        {participant.displayName !== null && (
          <span className="kith-identifier">{participant.identifier}</span>
        )}
      </span>
    </span>
  );
}
