import { expect, test } from 'vitest';
import { webhookAddress, webhookSetting } from './webhook-address.ts';

const account = { accountId: 'support', channel: 'email', provider: 'mime' } as const;
const at = (email: string) => webhookAddress(account, { email });

test('the address is the path below the URL of the channel, with or without a slash', () => {
  const url = 'https://hooks.acme.example/kith/webhooks/mime/support';
  expect(at('https://hooks.acme.example/kith')).toEqual({ url, reach: 'everybody' });
  expect(at('https://hooks.acme.example/kith/').url).toBe(url);
});

test('where the URL of the channel is not known the path is', () => {
  const address = webhookAddress(account, { whatsapp: 'https://hooks.acme.example' });
  expect(address).toEqual({ url: '/webhooks/mime/support', reach: 'unknown' });
  expect(webhookSetting('email')).toBe('KITH_WEBHOOKS_EMAIL_URL');
});

test.each([
  'http://127.0.0.1:4411',
  'http://localhost:4411',
  'http://[::1]:4411',
  'http://[fd00::1]:4411',
  'http://10.0.0.4',
  'http://172.16.0.4',
  'http://172.31.255.4',
  'http://192.168.1.4',
  'http://ingest-email:4411',
  'https://kith.internal',
])('providers on the internet cannot reach %s', (base) => {
  expect(at(base).reach).toBe('nearby');
});

test.each(['https://hooks.acme.example', 'https://172.32.0.4', 'https://8.8.8.8', 'https://[2001:db8::1]'])(
  'providers on the internet can reach %s',
  (base) => {
    expect(at(base).reach).toBe('everybody');
  },
);
