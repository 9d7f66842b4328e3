import { accountSecrets, connectable, type ConnectableProvider, secretForms } from '@kith/contracts';
import { expect, test } from 'vitest';
import { AccountInput } from './account-input.ts';

const providers = Object.keys(accountSecrets) as ConnectableProvider[];

test.each(providers)('what an account of %s needs is said, and never what was given', (provider) => {
  const [channel] = connectable[provider];
  const secrets = { nonsense: 'hunter2' };
  const result = AccountInput.safeParse({ accountId: 'a', channel, provider, secrets });
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
