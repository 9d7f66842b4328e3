/* A pattern for each channel, so that the parts of a bar are told apart without their colours. */
import type { Channel } from '@kith/client';

/** Of what a channel's part of a chart is filled with: to be used in a drawing that has `ChannelPatterns` too. */
export const fillOf = (channel: Channel): string => `url(#channel-${channel})`;

/** The patterns; once in a page is enough. */
export function ChannelPatterns() {
  return (
    <defs>
      <pattern id="channel-email" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect className="channel-fill-email" width="6" height="6" />
      </pattern>
      <pattern
        id="channel-whatsapp"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className="channel-ground" width="6" height="6" />
        <rect className="channel-fill-whatsapp" width="4" height="6" />
      </pattern>
      <pattern id="channel-linkedin" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect className="channel-fill-linkedin" width="5" height="5" />
        <circle className="channel-ground" cx="2.5" cy="2.5" r="1.1" />
      </pattern>
    </defs>
  );
}

/** A channel's pattern beside its name. */
export function ChannelSwatch({ channel }: { channel: Channel }) {
  return (
    <svg className="channel-swatch" viewBox="0 0 12 12" aria-hidden="true">
      <rect width="12" height="12" rx="2" fill={fillOf(channel)} />
    </svg>
  );
}
