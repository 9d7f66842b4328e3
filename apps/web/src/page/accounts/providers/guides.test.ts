import { accountSecrets, connectable, type ConnectableProvider, ImapSettings } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { GuideField } from './guide.ts';
import { guides } from './guides.ts';

const providers = Object.keys(connectable) as ConnectableProvider[];

/** A value that a field may have. */
function sampleOf({ form, choices, example }: GuideField): unknown {
  if (form === 'lines') return ['a line'];
  if (form === 'number') return 993;
  return choices?.[0]?.value ?? example ?? 'a secret';
}

const valuesOf = (fields: readonly GuideField[]) =>
  Object.fromEntries(fields.map((field) => [field.key, sampleOf(field)]));

/** Every name that some form of a provider's secrets has. */
function secretNames(provider: ConnectableProvider): string[] {
  const schema: z.ZodType = accountSecrets[provider];
  const forms = schema instanceof z.ZodUnion ? schema.options : [schema];
  const names = forms.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
  return [...new Set(names)].toSorted();
}

test('there is a guide for everything that can be connected, on its channels', () => {
  expect(Object.keys(guides).toSorted()).toEqual(providers.toSorted());
  for (const provider of providers) expect(guides[provider].channels).toEqual(connectable[provider]);
});

describe.each(providers)('the guide to %s', (provider) => {
  const { secrets, settings, after, pasted = [], isPullOnly = false } = guides[provider];

  test('asks for every secret that its provider may have, and for no other', () => {
    expect(secrets.map(({ key }) => key).toSorted()).toEqual(secretNames(provider));
  });

  test('calls required what the services refuse to be without', () => {
    const required = secrets.filter(({ isRequired }) => isRequired);
    expect(accountSecrets[provider].safeParse(valuesOf(required)).success).toBe(true);
    expect(accountSecrets[provider].safeParse(valuesOf(secrets)).success).toBe(true);
    for (const left of required) {
      const others = required.filter((field) => field !== left);
      expect(accountSecrets[provider].safeParse(valuesOf(others)).success, left.key).toBe(false);
    }
  });

  test('asks for a mailbox as the services read one', () => {
    const mailbox = settings.filter(({ key }) => key.startsWith('imap.'));
    const named = mailbox.map((field) => ({ ...field, key: field.key.replace('imap.', '') }));
    if (mailbox.length > 0) expect(ImapSettings.safeParse(valuesOf(named)).error).toBeUndefined();
  });

  test('says where the address goes, and shows again only what it asked for', () => {
    expect(after.some((step) => step.includes('{url}'))).toBe(!isPullOnly);
    expect(secrets.map(({ key }) => key)).toEqual(expect.arrayContaining([...pasted]));
  });
});
