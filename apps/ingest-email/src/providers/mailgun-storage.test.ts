import type { Egress, EgressRequest } from '@kith/ingest/egress';
import { type MediaLocator, TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { json, messageIn, multipart, fieldsOf, type Posted, urlencoded } from '../../test/forms.ts';
import { everyday, messageOf } from '../../test/mails.ts';
import { networkOf } from '../../test/network.ts';
import { createMailgun } from './mailgun.ts';

const url = 'https://storage-us-east4.api.mailgun.net/v3/domains/acme.example/messages/KEY';
const mail = Buffer.from(everyday()).toString();

/** The network, of which every address answers the same. */
function open(given: {
  status?: number;
  headers?: Record<string, string>;
  body?: Uint8Array;
  apiKey?: string;
}) {
  const asked: EgressRequest[] = [];
  const egress: Egress = {
    ...networkOf({}),
    get: (request) => {
      asked.push(request);
      const { status = 200, headers = {}, body = Buffer.alloc(0) } = given;
      return Promise.resolve({ status, headers, body });
    },
  };
  const provider = createMailgun();
  const secrets = { signingKey: 'k', ...(given.apiKey === undefined ? {} : { apiKey: given.apiKey }) };
  const guard = provider.guard(secrets, { egress });
  if (guard === null) throw new Error('the account was not mounted');
  const complete = ({ body, contentType }: Posted) =>
    guard.complete({ body, contentType, workspace: 'acme', accountId: 'support', settings: {} });
  const fetchMedia = (locator: MediaLocator) => guard.fetchMedia(locator);
  return { asked, provider, complete, fetchMedia };
}

const announced = urlencoded({ recipient: 'support@acme.example', 'message-url': url });
const stored = {
  body: json({ 'body-mime': mail, recipients: 'support@acme.example' }).body,
  apiKey: 'secret',
};

describe('a stored mail', () => {
  test('is fetched with the key of the account, and is the same message as the mail itself', async () => {
    const { asked, provider, complete } = open(stored);
    const completed = await complete(announced);
    expect(asked).toMatchObject([
      { url, headers: { authorization: `Basic ${btoa('api:secret')}`, accept: 'message/rfc2822' } },
    ]);
    if (completed?.contentType == null) throw new Error('nothing was fetched');
    const body = Buffer.from(completed.body);
    expect(await messageIn(provider, { body, contentType: completed.contentType })).toEqual(
      await messageOf(everyday()),
    );
  });

  test.each([
    ['has no key', announced, { body: stored.body }],
    ['announces no stored mail', urlencoded({ 'body-plain': 'Hello' }), stored],
    ['has the raw mail in it', multipart(fieldsOf({ 'body-mime': mail, 'message-url': url })), stored],
    ['is an event', json({ 'event-data': { storage: { url } } }), stored],
  ])('is left alone where the webhook %s', async (_, posted, given) => {
    const { asked, complete } = open(given);
    expect(await complete(posted)).toBeNull();
    expect(asked).toEqual([]);
  });

  test.each([
    ['is not there any more', { ...stored, status: 404 }],
    ['is refused', { ...stored, status: 401 }],
    ['is given without its raw form', { ...stored, body: json({ 'body-plain': 'Hello' }).body }],
  ])('that %s leaves the webhook as it is', async (_, given) => {
    expect(await open(given).complete(announced)).toBeNull();
  });

  test.each([429, 500, 503])('is tried again after an answer of %i', async (status) => {
    await expect(open({ ...stored, status }).complete(announced)).rejects.toBeInstanceOf(TryAgainLater);
  });
});

const elsewhere = [
  'https://storage.mailgun.net.evil.example/v3',
  'https://evilmailgun.net/v3',
  'https://evil.example/mailgun.net',
  'https://user@evil.example:443/.mailgun.net',
  'http://storage.mailgun.net/v3',
  'ftp://storage.mailgun.net/v3',
  'storage.mailgun.net',
  '',
];

describe('the key of an account', () => {
  test.each(elsewhere)('is not sent to %j', async (other) => {
    const { asked, complete, fetchMedia } = open(stored);
    expect(await complete(urlencoded({ 'message-url': other }))).toBeNull();
    expect(await fetchMedia({ url: other })).toMatchObject({
      ended: 'failed',
      failure: 'address_not_allowed',
    });
    expect(asked).toEqual([]);
  });
});

describe('a file of a stored mail', () => {
  test('is fetched with the key of the account', async () => {
    const { asked, fetchMedia } = open({ ...stored, headers: { 'content-type': 'application/pdf' } });
    expect(await fetchMedia({ url })).toEqual({
      ended: 'fetched',
      bytes: stored.body,
      type: 'application/pdf',
    });
    expect(asked).toMatchObject([{ url, headers: { authorization: `Basic ${btoa('api:secret')}` } }]);
  });

  test('is not there without a key, or when Mailgun no longer has it', async () => {
    expect(await open({}).fetchMedia({ url })).toMatchObject({ ended: 'failed', failure: 'no_credentials' });
    expect(await open({ ...stored, status: 404 }).fetchMedia({ url })).toMatchObject({
      failure: 'not_found',
    });
  });
});
