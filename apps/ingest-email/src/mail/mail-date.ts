/*
 * Times as mails write them, leniently: RFC 5322 with its obsolete forms, `asctime`, and ISO 8601.
 *
 * Written out instead of left to `Date.parse`, which reads a time without a zone in the server's own zone, and finds
 * dates in texts that are none. A time without a zone, or with a name nobody knows, is UTC. The future is not cut.
 */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zoneMinutes: Record<string, number> = Object.fromEntries(
  [
    'EST-300 EDT-240 CST-360 CDT-300 MST-420 MDT-360 PST-480 PDT-420',
    'BST+60 WEST+60 CET+60 CEST+120 EET+120 EEST+180 MSK+180 IST+330 JST+540',
  ]
    .flatMap((line) => line.split(' '))
    .map((entry) => [entry.replace(/[+-].*/, ''), Number(entry.replace(/^[A-Z]+/, ''))]),
);

const time = String.raw`(?<hour>\d{1,2})[:.](?<minute>\d{1,2})(?:[:.](?<second>\d{1,2})(?:\.\d+)?)?`;
const zone = String.raw`\s*(?<zone>[+-]\d{1,2}:?\d{2}\b|[A-Za-z]{1,5}\b)?`;
const forms = [
  new RegExp(
    String.raw`(?<day>\d{1,2})[\s.-]+(?<month>[A-Za-z]{3})[a-z]*\.?[\s,-]+(?<year>\d{2,4})[\s,]+${time}${zone}`,
  ),
  new RegExp(
    String.raw`(?<month>[A-Za-z]{3})[a-z]*\.?\s+(?<day>\d{1,2}),?\s+${time}${zone}\s+(?<year>\d{4})`,
  ),
  new RegExp(String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T\s]+${time}${zone}`),
];

/** The instant in ISO 8601, or null when the text is no time between the years 1970 and 9999. */
export function parseMailDate(written: string): string | null {
  const text = written.slice(0, 500).replace(/\([^()]*\)/g, ' ');
  for (const form of forms) {
    const found = form.exec(text)?.groups;
    if (found !== undefined) return toInstant(found);
  }
  return null;
}

/** The time that the sender claims, or when that cannot be read, the time of the last server that had the mail. */
export function sentTime(dates: readonly string[], received: readonly string[]): string | null {
  const [claimed] = dates;
  const stamp = received[0]?.split(';').at(-1);
  return (
    (claimed === undefined ? null : parseMailDate(claimed)) ??
    (stamp === undefined ? null : parseMailDate(stamp))
  );
}

function toInstant(found: Record<string, string | undefined>): string | null {
  const year = fullYear(found['year'] ?? '');
  const month = monthIndex(found['month'] ?? '');
  const [day, hour, minute] = [Number(found['day']), Number(found['hour']), Number(found['minute'])];
  const second = Math.min(Number(found['second'] ?? 0), 59);
  if (month < 0 || month > 11 || day < 1 || hour > 23 || minute > 59) return null;
  const offset = offsetMinutes(found['zone'] ?? '');
  const local = new Date(Date.UTC(year, month, day, hour, minute, second));
  // 31 February is no day; Date.UTC would make it one in March.
  if (local.getUTCDate() !== day) return null;
  const instant = new Date(local.getTime() - offset * 60_000);
  const inRange = instant.getUTCFullYear() >= 1970 && instant.getUTCFullYear() <= 9999;
  return inRange ? instant.toISOString() : null;
}

function fullYear(written: string): number {
  const year = Number(written);
  if (written.length === 4) return year;
  // RFC 5322 §4.3: two digits below 50 are of this century, all others count from 1900.
  return written.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function monthIndex(written: string): number {
  return /^\d+$/.test(written) ? Number(written) - 1 : months.indexOf(written.toLowerCase());
}

function offsetMinutes(written: string): number {
  const numeric = /^([+-])(\d{1,2}):?(\d{2})$/.exec(written);
  if (numeric === null) return zoneMinutes[written.toUpperCase()] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  return minutes > 24 * 60 ? 0 : minutes * (numeric[1] === '-' ? -1 : 1);
}
