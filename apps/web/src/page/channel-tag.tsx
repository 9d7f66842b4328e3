import type { Channel } from './kith.tsx';
import { channelNames } from './words.ts';

const shapes = {
  email: 'M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5',
  whatsapp: 'M2.5 13.5l.9-3A5.7 5.7 0 1 1 5.5 12.600z',
  linkedin: 'M3.500 6.500v6M3.500 3.500v.1M6.800 12.500v-6M6.800 9.200c0-3.400 5.200-3.600 5.200 0v3.300',
} as const satisfies Record<Channel, string>;

/** A channel's name with its sign. */
export function ChannelTag({ channel }: { channel: Channel }) {
  return (
    <span className="channel">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[channel]} />
      </svg>
      {channelNames[channel]}
    </span>
  );
}
