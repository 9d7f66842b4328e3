/*
 * Calendar mail (RFC 6047): invitations, answers and cancellations, for the people they name and the event they are
 * about.
 *
 * The event's UID joins what belongs together but answers nothing: an update, a cancellation, the reply of a calendar
 * program. A published event (`METHOD:PUBLISH`: a ticket, a webinar) joins nothing, because everybody gets the same
 * one; nor does a UID of a few digits, which cannot be unique in the world as it should be. A file without a method
 * is a file.
 */
import { keywordOf, parameterOf } from './header-text.ts';
import { headerValues, type IncludedFields, type MailFile } from './mail-fields.ts';
import { normaliseId } from './message-ids.ts';
import { readCalendar, type CalendarPerson } from './read-calendar.ts';

/** What a mail says as calendar mail. */
export interface CalendarMail {
  /** Thread keys of its events: `ical:` and the UID. */
  threadKeys: string[];
  /** Organizer and attendees, each address once. */
  people: CalendarPerson[];
}

const peopleMax = 200;
const filesMax = 5;
const keysMax = 5;
const joiningMethods = new Set(['request', 'reply', 'cancel', 'add', 'refresh', 'counter', 'declinecounter']);

/** What the mail says as calendar mail, or null where it is none. */
export function calendarOf({
  files,
  headers,
}: Pick<IncludedFields, 'files' | 'headers'>): CalendarMail | null {
  const [contentType = ''] = headerValues(headers, 'content-type');
  const calendars = files.filter(isCalendar).slice(0, filesMax).map(readCalendar);
  const withMethod = calendars.filter(({ method }) => method !== null);
  const isWhole = isCalendarType(contentType) && parameterOf(contentType, 'method') !== null;
  if (withMethod.length === 0 && !isWhole) return null;
  const joining = withMethod.filter(({ method }) => joiningMethods.has(method ?? ''));
  const keys = joining.flatMap(({ uids }) => uids.filter(isUnique).map((uid) => `ical:${normaliseId(uid)}`));
  return {
    threadKeys: [...new Set(keys)].slice(0, keysMax),
    people: eachOnce(withMethod.flatMap(({ people }) => people)).slice(0, peopleMax),
  };
}

/** Each address once, with its name where it has one anywhere. */
function eachOnce(people: readonly CalendarPerson[]): CalendarPerson[] {
  const byKey = new Map<string, CalendarPerson>();
  for (const person of people) {
    const known = byKey.get(person.key);
    if (known === undefined || known.displayName === null) byKey.set(person.key, person);
  }
  return [...byKey.values()];
}

function isCalendarType(type: string): boolean {
  return ['text/calendar', 'application/ics'].includes(keywordOf(type));
}

function isCalendar({ type, name }: MailFile): boolean {
  return isCalendarType(type ?? '') || /\.ics$/i.test(name ?? '');
}

function isUnique(uid: string): boolean {
  return /[a-z@]/i.test(uid) || uid.length >= 16;
}
