import { describe, expect, test } from 'vitest';
import { acceptsUnipile, readUnipileEvents } from './events.ts';

const read = (body: unknown) =>
  readUnipileEvents({ body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });
const notAnEvent = {
  ok: false,
  item: { kind: 'unreadable', reason: 'not_a_message', detail: 'the body is no event of Unipile' },
};

describe('the events of a body', () => {
  test('v1: the whole object is the payload', () => {
    const body = { event: 'message_received', account_id: 'abc', account_type: 'LinkedIn', message: 'Hi' };
    expect(read(body)).toEqual([
      {
        ok: true,
        event: {
          version: 'v1',
          event: 'message_received',
          accountId: 'abc',
          accountType: 'LINKEDIN',
          createdAt: null,
          payload: body,
        },
      },
    ]);
  });

  test('v2: the payload is inside', () => {
    const payload = { object: 'Message', id: 'm1', provider: 'whatsapp' };
    const body = {
      object: 'Event',
      id: 'evt_1',
      created_at: '2026-06-01T00:00:01Z',
      type: 'message.new',
      account_id: 'acc_1',
      payload,
    };
    expect(read(body)).toEqual([
      {
        ok: true,
        event: {
          version: 'v2',
          event: 'message.new',
          accountId: 'acc_1',
          accountType: 'WHATSAPP',
          createdAt: '2026-06-01T00:00:01.000Z',
          payload,
        },
      },
    ]);
  });

  test('the states of an account, which v1 posts without a name', () => {
    const state = { account_id: 'abc', account_type: 'WHATSAPP', message: 'CREDENTIALS' };
    const wanted = { ok: true, event: { version: 'v1', event: 'account_status', accountId: 'abc' } };
    expect(read({ AccountStatus: state })).toMatchObject([wanted]);
    expect(read({ account_id: 'abc', status: 'CREATION_SUCCESS', name: 'x' })).toMatchObject([wanted]);
  });

  test('a list is its events, each for itself', () => {
    expect(read([{ event: 'a' }, 7, { event: 'b' }])).toMatchObject([
      { ok: true, event: { event: 'a' } },
      notAnEvent,
      { ok: true, event: { event: 'b' } },
    ]);
    expect(read([])).toEqual([
      { ok: false, item: { kind: 'ignored', reason: 'nothing_for_us', detail: 'an empty list' } },
    ]);
  });

  test.each([
    '',
    'null',
    '7',
    '"x"',
    '{}',
    '{"event":',
    '{"event":{"a":1}}',
    '{"payload":{}}',
    'hello there',
    '\u0000',
  ])('%j is no event', (body) => expect(read(body)).toEqual([notAnEvent]));

  test('keys of prototypes are keys like any other', () => {
    const [reading] = read('{"__proto__":{"event":"x"},"constructor":{"event":"y"}}');
    expect(reading).toEqual(notAnEvent);
  });

  test('a million brackets neither throw nor overflow', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    expect(read(deep)).toHaveLength(1);
    expect(read(`{"event":"x","message":${deep}}`)).toHaveLength(1);
  });
});

describe('a form', () => {
  const wanted = {
    event: 'message_received',
    account_id: 'a b',
    sender: { attendee_name: 'Kim & Co', attendee_specifics: { phone_number: '+33660036335' } },
    attendees: [{ attendee_id: '1' }, { attendee_id: '2' }],
  };
  const payloadOf = (body: string) => {
    const [reading] = read(body);
    return reading?.ok ? (JSON.parse(JSON.stringify(reading.event.payload)) as unknown) : reading;
  };

  test('with brackets', () => {
    const body =
      'event=message_received&account_id=a+b&sender[attendee_name]=Kim+%26+Co&sender%5Battendee_specifics%5D%5Bphone_number%5D=%2B33660036335&attendees[0][attendee_id]=1&attendees[1][attendee_id]=2';
    expect(payloadOf(body)).toEqual(wanted);
  });

  test('with dots', () => {
    const body =
      'event=message_received&account_id=a%20b&sender.attendee_name=Kim+%26+Co&sender.attendee_specifics.phone_number=%2B33660036335&attendees.0.attendee_id=1&attendees.1.attendee_id=2';
    expect(payloadOf(body)).toEqual(wanted);
  });

  test('with JSON in its values', () => {
    const form = new URLSearchParams({
      event: wanted.event,
      account_id: wanted.account_id,
      sender: JSON.stringify(wanted.sender),
      attendees: JSON.stringify(wanted.attendees),
    });
    expect(payloadOf(form.toString())).toEqual(wanted);
  });

  test('with a list of values under one name', () => {
    expect(payloadOf('event=x&folder[]=INBOX&folder[]=ARCHIVE')).toEqual({
      event: 'x',
      folder: ['INBOX', 'ARCHIVE'],
    });
  });

  test('that is a v2 event', () => {
    expect(read('object=Event&type=message.new&account_id=acc_1&payload[id]=m1')).toMatchObject([
      { ok: true, event: { version: 'v2', event: 'message.new', payload: { id: 'm1' } } },
    ]);
  });

  test('cannot reach a prototype, and contradictions do not throw', () => {
    read('event=x&__proto__[polluted]=1&constructor[prototype][polluted]=1&a=1&a[b]=2&a[b][c]=3&=4&[]=5');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('of a megabyte is read in time, however it is nested', () => {
    const started = performance.now();
    read(`event=x&${'a[b]'.repeat(50_000)}=1`);
    read(`event=x${'&a[]=1'.repeat(150_000)}`);
    read(`event=x&${'['.repeat(1_000_000)}=1`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test('the content types under which Unipile posts', () => {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', null]) {
    expect(acceptsUnipile(type)).toBe(true);
  }
  expect(acceptsUnipile('image/png')).toBe(false);
});
