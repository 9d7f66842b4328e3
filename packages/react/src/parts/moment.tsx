import { useNow } from '../hooks/use-now.ts';
import { clockTime, dayInSentence, exactTime, relativeTime, shortTime } from '../words/dates.ts';

const forms = {
  /** `5 min ago`, `3 h ago`, `Yesterday`, `22 Nov` */
  relative: relativeTime,
  /** `14:05` today, `22 Nov` this year, else `22 Nov 2025` */
  short: shortTime,
  /** `14:05` */
  clock: clockTime,
  /** `today`, `yesterday`, `22 Nov`, or `22 Nov 2025` */
  day: dayInSentence,
} as const;

/** A time as people say it, with the exact one on hover. */
export function Moment({ at, form = 'relative' }: { at: string; form?: keyof typeof forms }) {
  const now = useNow();
  return (
    <time className="kith-moment" dateTime={at} title={exactTime(at)}>
      {forms[form](at, now)}
    </time>
  );
}
