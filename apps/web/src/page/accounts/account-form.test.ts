import { describe, expect, test } from 'vitest';
import { type Account, formOf, inputOf, missingFields } from './account-form.ts';
import { guides } from './providers/guides.ts';

const known: Account = {
  accountId: 'team',
  channel: 'email',
  provider: 'mime',
  identifiers: [
    { kind: 'email', value: 'support@acme.example' },
    { kind: 'email', value: 'sales@acme.example' },
  ],
  createdAt: '2026-11-26T09:00:00.000Z',
  lastDeliveryAt: null,
  settings: { autoSync: true, imap: { host: 'imap.acme.example', user: 'support', folders: ['INBOX'] } },
};
const mime = { channel: 'email', provider: 'mime', guide: guides.mime } as const;

describe('an account that changes', () => {
  test('is sent as it is when nothing was typed: without secrets, and with the settings that no field shows', () => {
    expect(inputOf(formOf(guides.mime, known), { ...mime, known })).toEqual({
      accountId: 'team',
      channel: 'email',
      provider: 'mime',
      identifiers: ['support@acme.example', 'sales@acme.example'],
      settings: known.settings,
    });
  });

  test('has all its secrets replaced when one was typed', () => {
    const form = { ...formOf(guides.mime, known), secrets: { token: ' new ', imapPassword: '' } };
    expect(inputOf(form, { ...mime, known }).secrets).toEqual({ token: 'new' });
    expect(missingFields({ ...form, secrets: { imapPassword: 'x' } }, guides.mime, { isNew: false })).toEqual(
      {
        'secrets.token': 'It cannot be empty.',
      },
    );
  });

  test('loses its mailbox when the fields of it are emptied, and nothing else', () => {
    const settings = { 'imap.host': '', 'imap.user': '', 'imap.port': '' };
    const bare = { ...known, settings: { autoSync: true, imap: { host: 'a', user: 'b', port: 143 } } };
    const form = { ...formOf(guides.mime, bare), settings };
    expect(inputOf(form, { ...mime, known: bare }).settings).toEqual({ autoSync: true });
  });
});

describe('a new account', () => {
  test('has numbers as numbers and lists as lists', () => {
    const form = {
      accountId: ' ses ',
      identifiers: 'a@acme.example, b@acme.example\n\n',
      secrets: { topicArns: 'arn:1\narn:2\n' },
      settings: { 'imap.host': 'imap.acme.example', 'imap.user': 'a', 'imap.port': '143' },
    };
    expect(inputOf(form, { channel: 'email', provider: 'ses', guide: guides.ses })).toEqual({
      accountId: 'ses',
      channel: 'email',
      provider: 'ses',
      identifiers: ['a@acme.example', 'b@acme.example'],
      secrets: { topicArns: ['arn:1', 'arn:2'] },
      settings: { imap: { host: 'imap.acme.example', user: 'a', port: 143 } },
    });
  });

  test('needs a name that can stand in an address, and the secrets of its provider', () => {
    const errors = missingFields({ ...formOf(guides.postmark), accountId: 'no spaces' }, guides.postmark, {
      isNew: true,
    });
    expect(Object.keys(errors)).toEqual(['accountId', 'secrets.username', 'secrets.password']);
    for (const accountId of ['connect', 'team']) {
      const form = { ...formOf(guides.mime), accountId, secrets: { token: 'x' } };
      const named = missingFields(form, guides.mime, { isNew: true, taken: [known] });
      expect(Object.keys(named), accountId).toEqual(['accountId']);
    }
  });
});
