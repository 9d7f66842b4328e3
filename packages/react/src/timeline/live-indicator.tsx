import type { Connection } from './follow-record.ts';

const words = {
  connecting: 'Connecting…',
  connected: 'Live',
  reconnecting: 'Reconnecting…',
} as const satisfies Record<Connection, string>;

/** Whether new messages arrive by themselves at this moment. */
export function LiveIndicator({ connection }: { connection: Connection }) {
  return (
    <span className={`kith-live kith-live-${connection}`} role="status">
      {words[connection]}
    </span>
  );
}
