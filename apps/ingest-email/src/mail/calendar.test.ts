import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyday, mailInParts, messageOf, naturesIn, threadOf } from '../../test/mails.ts';
import { calendarOf } from './calendar.ts';
import { readCalendar } from './read-calendar.ts';

const usual = [
  'From: Ana Lima <ana@lima.example>',
  'To: support@acme.example',
  'Message-ID: <invite@lima.example>',
];

const event = [
  'UID:offer-2231@lima.example',
  'ORGANIZER;CN=Ana Lima:mailto:ana@lima.example',
  'ATTENDEE;CN="Costa, Bo";PARTSTAT=NEEDS-ACTION:MAILTO:Bo@x.example',
  'ATTENDEE:mailto:support@acme.example',
];

const calendar = (properties: readonly string[], method: string | null = 'REQUEST'): string[] => [
  'BEGIN:VCALENDAR',
  ...(method === null ? [] : [`METHOD:${method}`]),
  'BEGIN:VEVENT',
  ...properties,
  'END:VEVENT',
  'END:VCALENDAR',
];

const invitation = (lines: readonly string[], type = 'text/calendar; charset=utf-8'): Uint8Array =>
  mailInParts(
    [...usual, 'Content-Type: multipart/alternative'],
    [
      ['', 'Please come.'],
      [`Content-Type: ${type}`, '', ...lines],
    ],
  );

const peopleOf = async (...properties: string[]): Promise<string[]> =>
  naturesIn(await messageOf(invitation(calendar(properties))));

describe('an invitation', () => {
  test('names whom the event names, once and with their names, and joins the thread of the event', async () => {
    const message = await messageOf(invitation(calendar(event)));
    expect(message.marks).toEqual(['calendar']);
    expect(naturesIn(message)).toEqual([
      'from ana@lima.example person',
      'to support@acme.example person',
      'attendee bo@x.example person',
    ]);
    expect(message.participants[2]?.displayName).toBe('Costa, Bo');
    expect(threadOf(message)).toEqual(['invite@lima.example', 'ical:offer-2231@lima.example']);
  });

  test.each(['REQUEST', 'reply', 'CANCEL', 'COUNTER', 'ADD', 'REFRESH', 'DECLINECOUNTER'])(
    'with the method %s joins the thread of the event',
    async (method) => {
      const message = await messageOf(invitation(calendar(event, method)));
      expect(threadOf(message)).toContain('ical:offer-2231@lima.example');
    },
  );

  test('that is published to everybody joins nothing', async () => {
    const message = await messageOf(invitation(calendar(event, 'PUBLISH')));
    expect(message.marks).toEqual(['calendar']);
    expect(threadOf(message)).toEqual(['invite@lima.example']);
  });

  test.each([
    ['an attached file', 'application/ics; name=invite.ics', 'REQUEST'],
    ['a file of no type', 'application/octet-stream; name=invite.ics', 'REQUEST'],
    ['a part whose type has the method', 'text/calendar; method=REQUEST', null],
  ])('may be %s', async (_, type, method) => {
    const message = await messageOf(invitation(calendar(event, method), type));
    expect(message.marks).toEqual(['calendar']);
    expect(threadOf(message)).toContain('ical:offer-2231@lima.example');
  });

  test('may be the whole mail', async () => {
    const mail = everyday(
      ['Content-Type: text/calendar; method="REPLY"'],
      calendar(event, null).join('\r\n'),
    );
    const message = await messageOf(mail);
    expect(message.marks).toEqual(['calendar']);
    expect(threadOf(message)).toContain('ical:offer-2231@lima.example');
    expect(naturesIn(message)).toContain('attendee bo@x.example person');
  });

  test('may be nothing but the header of one', () => {
    const headers = [{ name: 'content-type', value: 'text/calendar; method=REQUEST' }];
    expect(calendarOf({ headers, files: [] })).toEqual({ threadKeys: [], people: [] });
    expect(calendarOf({ headers: [{ name: 'content-type', value: 'text/calendar' }], files: [] })).toBeNull();
  });

  test('without a method is a file', async () => {
    const message = await messageOf(invitation(calendar(event, null)));
    expect(message.marks).toBeUndefined();
    expect(naturesIn(message)).toHaveLength(2);
    expect(threadOf(message)).toEqual(['invite@lima.example']);
  });

  test('twice in one mail is one', async () => {
    const mail = mailInParts(usual, [
      ['Content-Type: text/calendar; method=REQUEST', '', ...calendar(event)],
      ['Content-Type: application/ics; name=invite.ics', '', ...calendar(event)],
    ]);
    const message = await messageOf(mail);
    expect(naturesIn(message)).toHaveLength(3);
    expect(threadOf(message)).toHaveLength(2);
  });

  test.each([['1'], ['20261122'], ['2026-11-22']])('whose id is only %s joins nothing', async (uid) => {
    expect(threadOf(await messageOf(invitation(calendar([`UID:${uid}`]))))).toHaveLength(1);
  });

  test('with an id of any length joins, by its hash', async () => {
    const message = await messageOf(invitation(calendar([`UID:${'0'.repeat(400)}@x`])));
    expect(threadOf(message)[1]).toMatch(/^ical:sha256:[0-9a-f]{64}$/);
  });

  test('of many events joins five threads at most', async () => {
    const uids = Array.from({ length: 20 }, (_, i) => `UID:event-${i}@x`);
    expect(threadOf(await messageOf(invitation(calendar(uids))))).toHaveLength(6);
  });
});

describe('whom an event names', () => {
  test.each([
    ['ATTENDEE;CN="Lima: Bo; x":mailto:bo@x.example', 'attendee bo@x.example person'],
    [
      'ATTENDEE;ROLE=REQ-PARTICIPANT;CN=B\r\n o C\r\n\tosta:mailto:b\r\n o@x.example',
      'attendee bo@x.example person',
    ],
    ['ATTENDEE:bo@x.example', 'attendee bo@x.example person'],
    ['ATTENDEE;SENT-BY="mailto:pa@x.example":mailto:bo@x.example', 'attendee bo@x.example person'],
    ['ATTENDEE;CN="Bo:mailto:bo@x.example', 'attendee bo@x.example person'],
    ['ORGANIZER;CN=Bo;EMAIL=bo@x.example:mailto:2_GEZDG@imip.relay.example', 'attendee bo@x.example person'],
    ['ATTENDEE:mailto:bo%2Btag@x.example?subject=x', 'attendee bo+tag@x.example person'],
    ['ATTENDEE;CUTYPE=ROOM;CN=Blue:mailto:blue@x.example', 'attendee blue@x.example machine'],
    ['ATTENDEE;CUTYPE=RESOURCE:mailto:beamer@x.example', 'attendee beamer@x.example machine'],
    ['ATTENDEE;CUTYPE=GROUP:mailto:team@x.example', 'attendee team@x.example list'],
  ])('is read from %j', async (property, named) => {
    expect((await peopleOf(property)).slice(2)).toEqual([named]);
  });

  test.each([
    ['an address that is none', 'ATTENDEE;CN=Bo:invalid:nomail'],
    ['whom an alarm tells', 'BEGIN:VALARM\r\nATTENDEE:mailto:bo@x.example\r\nEND:VALARM'],
    ['a broken line', 'ATTENDEE'],
  ])('is not %s', async (_, property) => {
    expect(await peopleOf(property)).toHaveLength(2);
  });

  test('is also who stands after an alarm', async () => {
    const alarm = ['BEGIN:VALARM', 'ATTENDEE:mailto:bell@x.example', 'END:VALARM'];
    expect((await peopleOf(...alarm, 'ATTENDEE:mailto:bo@x.example')).slice(2)).toEqual([
      'attendee bo@x.example person',
    ]);
  });

  test.each([
    [['ORGANIZER;CN=Bo:mailto:bo@x.example', 'ATTENDEE:mailto:bo@x.example']],
    [['ORGANIZER:mailto:bo@x.example', 'ATTENDEE;CN=Bo:mailto:bo@x.example']],
  ])('has a name where it has one anywhere: %j', async (properties) => {
    const { participants } = await messageOf(invitation(calendar(properties)));
    expect(participants.slice(2).map(({ displayName }) => displayName)).toEqual(['Bo']);
  });

  test('has a name that is folded in the middle of a character', () => {
    const text = calendar(['ATTENDEE;CN=José:mailto:bo@x.example']).join('\r\n');
    const [begin = '', end = ''] = text.split('é');
    const bytes = Buffer.concat([
      Buffer.from(begin),
      Buffer.from([0xc3]),
      Buffer.from('\r\n '),
      Buffer.from([0xa9]),
      Buffer.from(end),
    ]);
    const { people } = readCalendar({ name: null, type: 'text/calendar', contentId: null, bytes });
    expect(people).toEqual([{ key: 'bo@x.example', displayName: 'José', nature: null }]);
  });

  test('is two hundred people at most, of the first 64 KB', async () => {
    const many = Array.from({ length: 300 }, (_, i) => `ATTENDEE:mailto:p${i}@x.example`);
    expect(await peopleOf(...many)).toHaveLength(2 + 200);
    const late = [
      'DESCRIPTION:',
      ...Array.from({ length: 2_000 }, () => ` ${'x'.repeat(60)}`),
      'ATTENDEE:mailto:late@x.example',
    ];
    expect(await peopleOf('ATTENDEE:mailto:early@x.example', late.join('\r\n'))).toEqual([
      'from ana@lima.example person',
      'to support@acme.example person',
      'attendee early@x.example person',
    ]);
  });
});

test('a calendar that is cut in the middle of an address does not name what is left of it', () => {
  const filled = (length: number) =>
    ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', `X:${'x'.repeat(length)}`].join('\n');
  const short = filled(0).length + '\nATTENDEE:mailto:bo@x.exa'.length;
  const text = `${filled(64 * 1024 - short)}\nATTENDEE:mailto:bo@x.example\n`;
  const { people } = readCalendar({
    name: null,
    type: 'text/calendar',
    contentId: null,
    bytes: Buffer.from(text),
  });
  expect(people).toEqual([]);
});

test('a calendar after a byte order mark has its method', () => {
  const bytes = Buffer.from(['\u{FEFF}BEGIN:VCALENDAR', 'METHOD:REPLY', 'END:VCALENDAR'].join('\r\n'));
  expect(readCalendar({ name: null, type: 'text/calendar', contentId: null, bytes }).method).toBe('reply');
});

const contentLines = fc.constantFrom(
  ...'BEGIN:VCALENDAR BEGIN:VEVENT END:VEVENT END METHOD:REQUEST METHOD;X: UID: UID;=:a ATTENDEE;;;:'.split(
    ' ',
  ),
  ...'ATTENDEE;CN="a:mailto:b@x ORGANIZER;CN=%:mailto:%E0%A4@x ATTENDEE;__proto__=x:y \u{FEFF}'.split(' '),
  ' folded',
  '\t',
);

test('a calendar of any lines is read, and any bytes', () => {
  const made = fc.array(contentLines).map((some) => Buffer.from(some.join('\r\n')));
  fc.assert(
    fc.property(fc.oneof(made, fc.uint8Array({ maxLength: 500 })), (bytes) => {
      const { people } = readCalendar({ name: null, type: 'text/calendar', contentId: null, bytes });
      expect(people.every(({ key }) => key.includes('@'))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
