import type { Channel } from '@kith/client';
import { channelNames } from '../words/words.ts';

const shapes = {
  email: 'M2.25 3.75h11.5v8.5H2.250zM2.500 4.250 8 8.750l5.500-4.500',
  whatsapp:
    'M2.500 13.500l.95-2.900A5.600 5.600 0 1 1 5.600 12.650zM5.900 5.500c-.3 2.500 2.200 4.800 4.500 4.600l.5-1.300-1.500-.8-.7.6c-.8-.3-1.400-.9-1.700-1.700l.6-.7-.7-1.500z',
  linkedin: 'M4.250 6.750v5M4.250 4.250v.05M7.250 11.750v-5M7.250 8.750c0-2.700 4.500-2.700 4.500 0v3',
} as const satisfies Record<Channel, string>;

/** A channel's sign, with its name for whoever does not see it; `withName` shows that too. */
export function ChannelMark({ channel, withName = false }: { channel: Channel; withName?: boolean }) {
  return (
    <span
      className={`kith-channel kith-channel-${channel}`}
      title={withName ? undefined : channelNames[channel]}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[channel]} />
      </svg>
      <span className={withName ? undefined : 'kith-visually-hidden'}>{channelNames[channel]}</span>
    </span>
  );
}
