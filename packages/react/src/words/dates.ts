/*
 * Times in words, in the time zone of whoever looks. The page is in English, so an English form of the browser's is
 * followed and any other becomes British.
 */
const locale = (globalThis.navigator?.language ?? '').startsWith('en') ? navigator.language : 'en-GB';

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const fullDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const fullDayAndYear = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });

/** `14:05` */
export function clockTime(instant: string): string {
  return clock.format(new Date(instant));
}

/** `Sunday 22 November 2026 at 14:05:09 CET` */
export function exactTime(instant: string): string {
  return exact.format(new Date(instant));
}

/** The shortest form that tells when: `14:05` today, `22 Nov` this year, else `22 Nov 2025`. */
export function shortTime(instant: string, now: Date): string {
  const date = new Date(instant);
  if (dayKey(date) === dayKey(now)) return clock.format(date);
  return (date.getFullYear() === now.getFullYear() ? dayOfYear : dayAndYear).format(date);
}

/** The day within a sentence: `today`, `yesterday`, `22 Nov`, and the year where it is another. */
export function dayInSentence(instant: string, now: Date): string {
  const name = dayName(instant, now);
  if (name === 'Today' || name === 'Yesterday') return name.toLowerCase();
  return shortTime(instant, now);
}

/** How long ago, while that is what one thinks of: `just now`, `5 min ago`, `3 h ago`, `Yesterday`; then the day. */
export function relativeTime(instant: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < -1) return shortTime(instant, now);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const day = dayName(instant, now);
  if (day === 'Today') return `${Math.floor(minutes / 60)} h ago`;
  return day === 'Yesterday' ? day : shortTime(instant, now);
}

/** `Today`, `Yesterday`, `Sunday 22 November`, and the year where it is another. */
export function dayName(instant: string, now: Date): string {
  const date = new Date(instant);
  if (dayKey(date) === dayKey(now)) return 'Today';
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(date) === dayKey(yesterday)) return 'Yesterday';
  return (date.getFullYear() === now.getFullYear() ? fullDay : fullDayAndYear).format(date);
}

/** Cuts a list that is ordered by time into days, keeping its order. */
export function groupByDay<T extends { sentAt: string }>(items: readonly T[]): { day: string; items: T[] }[] {
  const days: { day: string; items: T[] }[] = [];
  for (const item of items) {
    const day = dayKey(new Date(item.sentAt));
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

const pad = (value: number) => String(value).padStart(2, '0');

function dayKey(date: Date): string {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
