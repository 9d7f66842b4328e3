import { TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { receivedOf } from '../../test/delivered.ts';
import { networkOf } from '../../test/network.ts';
import { nylasEventOf, nylasMessageOf } from '../../test/nylas.ts';
import { nylas } from './nylas.ts';

const grant = '2f1a6c1e-8c1b-4c8e-9f39-5d2b7c7a0001';
const messageUrl = `https://api.us.nylas.com/v3/grants/${grant}/messages/1926a5f2c3b1d0e4`;
const whole = `${messageUrl}?fields=include_headers`;
const basic = `${messageUrl}?fields=include_basic_headers`;
const headers = [
  { name: 'Message-ID', value: '<second@lima.example>' },
  { name: 'In-Reply-To', value: '<first@lima.example>' },
];
const answerOf = (given: Record<string, unknown>) =>
  JSON.stringify({ request_id: 'r1', data: nylasMessageOf(given) });

function guardOf(network: ReturnType<typeof networkOf>, given: Record<string, string> = { apiKey: 'nyk_1' }) {
  const guard = nylas.guard({ webhookSecret: 'secret', ...given }, { egress: network });
  if (guard === null) throw new Error('the secrets do not fit');
  return guard;
}

async function completed(event: unknown, network: ReturnType<typeof networkOf>) {
  const answer = await guardOf(network).complete(receivedOf(event));
  return answer === null ? null : nylas.read({ ...receivedOf({}), ...answer });
}

describe('a new message', () => {
  test('is fetched with its header, by which it finds its thread', async () => {
    const network = networkOf({ [whole]: answerOf({ headers }) });
    expect(await completed(nylasEventOf(nylasMessageOf()), network)).toMatchObject([
      { kind: 'message', conversation: { messageIds: ['second@lima.example', 'first@lima.example'] } },
    ]);
    expect(network.requests).toMatchObject([{ url: whole, headers: { authorization: 'Bearer nyk_1' } }]);
  });

  test.each(['message.created.truncated', 'message.created.cleaned', 'message.created.transformed'])(
    'is fetched whole: %s',
    async (type) => {
      const network = networkOf({ [whole]: answerOf({ headers, body: '<p>All of it</p>' }) });
      const event = nylasEventOf(nylasMessageOf({ body: 'All' }), type);
      expect(await completed(event, network)).toMatchObject([{ kind: 'message', text: 'All of it' }]);
    },
  );

  test('whose grant has no header of its own is asked for the fields that join mails', async () => {
    const own = [{ name: 'MIME-Version', value: '1.0' }];
    const network = networkOf({ [whole]: answerOf({ headers: own }), [basic]: answerOf({ headers }) });
    expect(await completed(nylasEventOf(nylasMessageOf()), network)).toMatchObject([
      { conversation: { messageIds: ['second@lima.example', 'first@lima.example'] } },
    ]);
    expect(network.asked).toEqual([whole, basic]);
  });

  test('is fetched from where the account says, its ids as one part of the path each', async () => {
    const url = 'https://api.eu.nylas.com/v3/grants/g%2F..%2Fx/messages/a%3Fb%23c?fields=include_headers';
    const network = networkOf({ [url]: answerOf({ headers }) });
    const guard = guardOf(network, { apiKey: 'k', baseUrl: 'https://api.eu.nylas.com/' });
    const event = nylasEventOf(nylasMessageOf({ grant_id: 'g/../x', id: 'a?b#c' }));
    expect(await guard.complete(receivedOf(event))).not.toBeNull();
    expect(network.asked).toEqual([url]);
  });

  test.each([
    ['401', { status: 401 }],
    ['404', { status: 404 }],
    ['no JSON', '<html>'],
  ])('is left as it is when the answer is %s', async (_, answer) => {
    expect(await completed(nylasEventOf(nylasMessageOf()), networkOf({ [whole]: answer }))).toBeNull();
  });

  test.each([429, 500, 503])('is tried again when the answer is %i', async (status) => {
    const network = networkOf({ [whole]: { status, headers: { 'retry-after': '7' } } });
    const attempt = completed(nylasEventOf(nylasMessageOf()), network);
    await expect(attempt).rejects.toThrow(TryAgainLater);
    await expect(attempt).rejects.toMatchObject({ afterMs: 7_000 });
  });

  test('is not asked for when it is not new, has its header, has no id, or there is no key', async () => {
    const network = networkOf({});
    const events = [
      nylasEventOf(nylasMessageOf(), 'message.updated'),
      nylasEventOf(nylasMessageOf({ headers })),
      nylasEventOf(nylasMessageOf({ id: '' })),
      nylasEventOf(nylasMessageOf({ grant_id: null })),
      'x',
    ];
    expect(await completed(events, network)).toBeNull();
    const event = receivedOf(nylasEventOf(nylasMessageOf()));
    expect(await guardOf(network, {}).complete(event)).toBeNull();
    expect(network.asked).toEqual([]);
  });

  test('in a list is completed, and the rest of the list stays', async () => {
    const network = networkOf({ [whole]: answerOf({ headers }) });
    const events = [nylasEventOf({}, 'grant.expired'), nylasEventOf(nylasMessageOf()), null];
    const items = await completed(events, network);
    expect(items?.map(({ kind }) => kind)).toEqual(['ignored', 'message', 'unreadable']);
  });
});

describe('a file', () => {
  const locator = { grant, message: 'm/1', attachment: 'v0:a=b' };
  const url = `https://api.us.nylas.com/v3/grants/${grant}/attachments/v0%3Aa%3Db/download?message_id=m%2F1`;

  test('is fetched with the key', async () => {
    const network = networkOf({
      [url]: { body: Buffer.from([1, 2]), headers: { 'content-type': 'image/png' } },
    });
    expect(await guardOf(network).fetchMedia(locator)).toMatchObject({
      ended: 'fetched',
      bytes: Buffer.from([1, 2]),
      type: 'image/png',
    });
    expect(network.requests).toMatchObject([{ headers: { authorization: 'Bearer nyk_1' } }]);
  });

  test('that cannot be had says why', async () => {
    expect(await guardOf(networkOf({})).fetchMedia(locator)).toMatchObject({ failure: 'not_found' });
    expect(await guardOf(networkOf({}), {}).fetchMedia(locator)).toMatchObject({ failure: 'no_credentials' });
    const nameless = { ...locator, attachment: '' };
    expect(await guardOf(networkOf({})).fetchMedia(nameless)).toMatchObject({ failure: 'not_found' });
  });
});
