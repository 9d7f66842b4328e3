/*
 * The events of a calendar file (RFC 5545): which they are, and whom they name.
 *
 * Content lines are read one by one, so that a broken or cut calendar gives what can be read of it; a whole-file
 * parser gives nothing then. Alarms inside an event name whom to alarm: those are no attendees.
 */
import ICAL from 'ical.js';
import { parameterOf } from './header-text.ts';
import { toNamed, type Named } from './mailboxes.ts';
import type { IncludedFile } from './mail-fields.ts';

/** Somebody whom an event names. */
export interface CalendarPerson extends Named {
  /** What stands behind the address where that is no person: a group, or a room and what is in it. */
  nature: 'list' | 'machine' | null;
}

/** What is read of a calendar. */
export interface Calendar {
  /** What it asks for, in lower case: `request`, `reply`, … */
  method: string | null;
  /** The UIDs of its events, as often as they stand there. */
  uids: string[];
  /** Organizers and attendees of its events, as often as they stand there. */
  people: CalendarPerson[];
}

const bytesMax = 64 * 1024;
const peopleMax = 1_000;

/** Reads a calendar's first 64 KB. Never throws. */
export function readCalendar(file: IncludedFile): Calendar {
  const calendar: Calendar = { method: parameterOf(file.type ?? '', 'method'), uids: [], people: [] };
  const open: string[] = [];
  for (const line of contentLines(file.bytes)) {
    const [, name = ''] = /^(BEGIN|END|METHOD|UID|ORGANIZER|ATTENDEE)[:;]/i.exec(line) ?? [];
    const value = line.slice(name.length + 1).trim();
    if (name.toUpperCase() === 'BEGIN') open.push(value.toUpperCase());
    else if (name.toUpperCase() === 'END') open.pop();
    else if (name !== '')
      readProperty(calendar, { line, name: name.toUpperCase(), inside: open.at(-1) ?? '' });
  }
  return calendar;
}

function readProperty(
  calendar: Calendar,
  { line, name, inside }: { line: string; name: string; inside: string },
): void {
  const property = parseProperty(line);
  if (name === 'METHOD' && inside === 'VCALENDAR') {
    calendar.method ??= property === null ? null : firstText(property).trim().toLowerCase() || null;
  }
  if (inside !== 'VEVENT') return;
  if (name === 'UID' && property !== null) calendar.uids.push(firstText(property).trim());
  if (name === 'ORGANIZER' || name === 'ATTENDEE') {
    const person = property === null ? salvaged(line) : personOf(property);
    if (person !== null && calendar.people.length < peopleMax) calendar.people.push(person);
  }
}

function parseProperty(line: string): ICAL.Property | null {
  try {
    return ICAL.Property.fromString(line);
  } catch {
    return null;
  }
}

/** Apple writes a relay's address as the value, and the person's as a parameter (RFC 7986 §6.2). */
function personOf(property: ICAL.Property): CalendarPerson | null {
  const name = parameter(property, 'cn');
  const person =
    toNamed({ name, address: parameter(property, 'email') }) ??
    toNamed({ name, address: addressOf(firstText(property)) });
  if (person === null) return null;
  const kind = parameter(property, 'cutype').toUpperCase();
  const isThing = kind === 'ROOM' || kind === 'RESOURCE';
  return { ...person, nature: isThing ? 'machine' : kind === 'GROUP' ? 'list' : null };
}

function salvaged(line: string): CalendarPerson | null {
  const [, address] = /mailto:([^\s;:,"<>]+)$/i.exec(line.trim()) ?? [];
  const person = toNamed({ name: '', address });
  return person === null ? null : { ...person, nature: null };
}

function parameter(property: ICAL.Property, name: string): string {
  const value: unknown = property.getParameter(name);
  return typeof value === 'string' ? value : '';
}

function firstText(property: ICAL.Property): string {
  const value: unknown = property.getFirstValue();
  return typeof value === 'string' ? value : '';
}

function addressOf(value: string): string {
  const written = value
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/s, '');
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** Unfolded as bytes, because a line may be folded in the middle of a character (RFC 5545 §3.1). */
function contentLines(bytes: Uint8Array): string[] {
  const begin = Buffer.from(bytes.subarray(0, bytesMax)).toString('latin1');
  const whole = bytes.length > bytesMax ? begin.slice(0, begin.lastIndexOf('\n') + 1) : begin;
  const unfolded = whole.replace(/\r?\n[ \t]/g, '');
  return Buffer.from(unfolded, 'latin1')
    .toString('utf8')
    .replace(/^\u{FEFF}/u, '')
    .split(/\r?\n/);
}
