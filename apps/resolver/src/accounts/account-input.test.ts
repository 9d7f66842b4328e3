import { accountSecrets, connectable, type ConnectableProvider, secretForms } from '@kith/contracts';
import { expect, test } from 'vitest';
import { AccountInput } from './account-input.ts';

const providers = Object.keys(accountSecrets) as ConnectableProvider[];

test.each(providers)('what an account of %s needs is said, and never what was given', (provider) => {
  const [channel] = connectable[provider];
  const secrets = { nonsense: 'hunter2' };
  const settings = provider === 'imap' ? { imap: { host: 'imap.acme.example', user: 'ana' } } : {};
  const result = AccountInput.safeParse({ accountId: 'a', channel, provider, secrets, settings });
  const issues = result.error?.issues ?? [];
  expect(issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    `secrets: do not fit the provider ${provider}: give ${secretForms[provider]}`,
  ]);
  expect(JSON.stringify(issues)).not.toContain('hunter2');
});

test('an account is on a channel that its provider serves', () => {
  const result = AccountInput.safeParse({ accountId: 'a', channel: 'email', provider: 'meta' });
  expect(result.error?.issues).toMatchObject([
    { path: ['channel'], message: 'meta serves the channels whatsapp' },
  ]);
});

test.each([
  ['of an account that is nothing else', 'imap', undefined, 'settings.imap'],
  ['without a user', 'mime', { host: 'imap.acme.example' }, 'settings.imap.user'],
  ['at a URL', 'mime', { host: 'imaps://imap.acme.example', user: 'ana' }, 'settings.imap.host'],
  ['with the password in it', 'imap', { host: 'a.example', user: 'ana', password: 'x' }, 'settings.imap'],
])('a mailbox %s is refused where its settings are wrong', (_, provider, imap, where) => {
  const account = {
    accountId: 'a',
    channel: 'email',
    provider,
    settings: imap === undefined ? {} : { imap },
  };
  const issues = AccountInput.safeParse(account).error?.issues ?? [];
  expect(issues.map(({ path }) => path.join('.'))).toEqual([where]);
  expect(issues[0]?.message).toContain('{ host, port?, secure?, user, folders? }');
});

test('a mailbox may stand behind an account of any provider of mail', () => {
  const settings = { imap: { host: 'imap.acme.example', port: 993, user: 'ana', folders: ['INBOX'] } };
  const account = { accountId: 'a', channel: 'email', provider: 'postmark', settings };
  expect(AccountInput.safeParse(account)).toMatchObject({ success: true });
});
