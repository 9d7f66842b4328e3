import { describe, expect, test } from 'vitest';
import { namedIn } from './mailboxes.ts';
import { hasHeader, writtenBody, writtenHeaders, writtenMailboxes } from './parsed-parts.ts';

describe('mailboxes that a provider parsed', () => {
  test('are read back as they were, whatever a name holds', () => {
    const name = 'Lima, Ana "CEO" <boss@x.example>; \\';
    const value = writtenMailboxes([
      { name, address: 'ana@lima.example' },
      { name: null, address: ' kim@acme.example ' },
      { name: 'Nobody', address: null },
    ]);
    expect(namedIn([{ name: 'from', value: value ?? '' }], 'from')).toEqual([
      { key: 'ana@lima.example', displayName: name },
      { key: 'kim@acme.example', displayName: null },
    ]);
    expect(writtenMailboxes([{ name: 'Nobody', address: '' }])).toBeNull();
  });
});

describe('header fields that a provider parsed', () => {
  test('stand before those that it left, and instead of them', () => {
    const given = [
      { name: 'Subject', value: 'Old' },
      { name: ' References ', value: '<a@x>\r\n <b@x>' },
      { name: 'Received', value: 'one' },
      { name: 'Received', value: null },
      { name: null, value: 'lost' },
    ];
    expect(
      writtenHeaders(
        [
          ['subject', 'New'],
          ['cc', null],
        ],
        given,
      ),
    ).toEqual([
      { name: 'subject', value: 'New' },
      { name: 'references', value: '<a@x> <b@x>' },
      { name: 'received', value: 'one' },
      { name: 'received', value: '' },
    ]);
    expect(hasHeader(given, 'references')).toBe(true);
    expect(hasHeader(given, 'message-id')).toBe(false);
  });

  test('cannot add a field by a line break', () => {
    expect(writtenHeaders([['subject', 'Hi\r\nBcc: evil@x.example']], [])).toEqual([
      { name: 'subject', value: 'Hi Bcc: evil@x.example' },
    ]);
  });
});

test.each([
  ['<div>Hello</div>', 'html'],
  ['Hello<br>Ana', 'html'],
  ['<!DOCTYPE html>', 'html'],
  ['Ben &amp; Ana', 'html'],
  ['On Monday Ana <ana@lima.example> wrote:\n> a < b', 'text'],
  ['Hello', 'text'],
])('the body %j is %s', (body, form) => {
  expect(writtenBody(body)).toEqual({ text: null, html: null, [form]: body });
});
