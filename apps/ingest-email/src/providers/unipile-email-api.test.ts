import { TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { receivedOf } from '../../test/delivered.ts';
import { networkOf } from '../../test/network.ts';
import { emailNewOf, formOf, mailReceivedOf } from '../../test/unipile-email.ts';
import { unipile } from './unipile.ts';

type Network = ReturnType<typeof networkOf>;

const v1Access = { apiKey: 'k1', baseUrl: 'https://api8.unipile.com:13851/' };
const v1Mail = 'https://api8.unipile.com:13851/api/v1/emails/WKR7ZC5bXn6qQzN1kPzN8A';
const v2Mail = 'https://api.unipile.com/v2/acc_01/emails/e1';

function guardOf(apiVersion: 'v1' | 'v2', network: Network, given: Record<string, string>) {
  const guard = unipile.guard({ webhookSecret: 's', apiVersion, ...given }, { egress: network });
  if (guard === null) throw new Error('the secrets do not fit');
  return guard;
}

const incomplete = mailReceivedOf({ is_complete: false, body: '', body_plain: '' });
/** As the API has it: by its own names, and without those of the event. */
const fetchedMail = JSON.stringify({
  object: 'Email',
  id: 'WKR7ZC5bXn6qQzN1kPzN8A',
  body: '<p>All of it</p>',
  body_plain: 'All of it',
  is_complete: true,
  headers: [{ name: 'References', value: '<root@acme.example>' }],
});

async function completed(body: unknown, network: Network, given: Record<string, string> = v1Access) {
  const answer = await guardOf('v1', network, given).complete(receivedOf(body));
  return answer === null ? null : unipile.read({ ...receivedOf({}), ...answer });
}

describe('a mail that Unipile had not read itself', () => {
  test.each([
    ['JSON', incomplete],
    ['a form', formOf(incomplete)],
  ])('is fetched, when it was posted as %s', async (_, body) => {
    const network = networkOf({ [`${v1Mail}?include_headers=true`]: fetchedMail });
    expect(await completed(body, network)).toMatchObject([
      {
        kind: 'message',
        subject: 'Offer 2231',
        text: 'All of it',
        conversation: { messageIds: ['first@lima.example', 'root@acme.example'] },
      },
    ]);
    expect(network.requests).toMatchObject([{ headers: { 'x-api-key': 'k1' } }]);
  });

  test('of v1 is fetched for its header, which is not posted', async () => {
    const headers = [{ name: 'Date', value: 'Sun, 22 Nov 2026 16:59:00 +0100' }];
    const answer = JSON.stringify({ id: 'WKR7ZC5bXn6qQzN1kPzN8A', body: '', headers });
    const network = networkOf({ [`${v1Mail}?include_headers=true`]: answer });
    expect(await completed(mailReceivedOf(), network)).toMatchObject([
      { sentAt: '2026-11-22T15:59:00.000Z' },
    ]);
  });

  test('is fetched from the one address of version 2', async () => {
    const network = networkOf({ [v2Mail]: JSON.stringify({ object: 'Email', id: 'e1', body: 'All of it' }) });
    const event = emailNewOf({ body: undefined });
    expect(await completed(event, network, { apiKey: 'k2' })).toMatchObject([
      { kind: 'message', subject: 'Offer 2231', text: 'All of it' },
    ]);
    expect(network.requests).toMatchObject([{ url: v2Mail, headers: { 'x-api-key': 'k2' } }]);
  });

  test('is completed in a list, and the rest of the list stays', async () => {
    const network = networkOf({ [`${v1Mail}?include_headers=true`]: fetchedMail });
    const list = [7, emailNewOf(), incomplete, mailReceivedOf({ event: 'mail_moved', is_complete: false })];
    expect((await completed(list, network))?.map(({ kind }) => kind)).toEqual([
      'unreadable',
      'message',
      'message',
      'ignored',
    ]);
    expect(network.asked).toHaveLength(1);
  });

  test.each([
    ['401', { status: 401 }],
    ['404', { status: 404 }],
    ['no JSON', '<html>'],
  ])('is left as it is when the answer is %s', async (_, answer) => {
    expect(await completed(incomplete, networkOf({ [`${v1Mail}?include_headers=true`]: answer }))).toBeNull();
  });

  test.each([
    ['503', { status: 503 }],
    ['still incomplete', JSON.stringify({ id: 'x', is_complete: false, body: '' })],
  ])('is tried again when the answer is %s', async (_, answer) => {
    const network = networkOf({ [`${v1Mail}?include_headers=true`]: answer });
    await expect(completed(incomplete, network)).rejects.toThrow(TryAgainLater);
  });

  test('is not asked for when it is whole, or there is nobody to ask', async () => {
    const network = networkOf({});
    expect(await completed(mailReceivedOf({ headers: [] }), network)).toBeNull();
    expect(await completed(emailNewOf(), network)).toBeNull();
    expect(await completed(incomplete, network, {})).toBeNull();
    expect(await completed(incomplete, network, { apiKey: 'k1' })).toBeNull();
    expect(await completed(mailReceivedOf({ ...incomplete, email_id: null }), network)).toBeNull();
    expect(network.asked).toEqual([]);
  });
});

describe('a file', () => {
  const v1 = { version: 'v1', account: 'a', email: 'e/1', attachment: 'f?1' };
  const v2 = { version: 'v2', account: 'acc_01', email: 'e1', attachment: 'f1' };
  const bytes = { body: Buffer.from([1, 2]), headers: { 'content-type': 'image/png' } };

  test('is fetched with the key, in either version', async () => {
    const v1Url = 'https://api8.unipile.com:13851/api/v1/emails/e%2F1/attachments/f%3F1';
    const network = networkOf({ [v1Url]: bytes, [`${v2Mail}/attachments/f1`]: bytes });
    const fetched = { ended: 'fetched', type: 'image/png' };
    expect(await guardOf('v1', network, v1Access).fetchMedia(v1)).toMatchObject(fetched);
    expect(await guardOf('v2', network, { apiKey: 'k2' }).fetchMedia(v2)).toMatchObject(fetched);
    expect(network.requests.map(({ headers }) => headers)).toEqual([
      { 'x-api-key': 'k1' },
      { 'x-api-key': 'k2' },
    ]);
  });

  test.each([
    ['no_credentials', v1, {}],
    ['no_credentials', v1, { apiKey: 'k' }],
    ['no_credentials', v2, {}],
    ['not_found', { ...v1, attachment: '' }, v1Access],
    ['not_found', { ...v2, account: '' }, v1Access],
    ['not_found', v1, v1Access],
  ])('that cannot be had says why: %s', async (failure, locator, given) => {
    const guard = guardOf('v1', networkOf({}), given);
    expect(await guard.fetchMedia(locator)).toMatchObject({ ended: 'failed', failure });
  });
});
