import { TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { type Answers, openPlatform } from '../../test/platform.ts';
import { fetchMetaMedia } from './fetch-media.ts';

const described = { body: '{"url":"{url}/file","mime_type":"image/jpeg","file_size":5}' };
const file = { type: 'image/jpeg; q=1', body: 'bytes' };

const fetchFrom = async (answers: Answers, locator: Record<string, string>, accessToken?: string) => {
  await using platform = await openPlatform(answers);
  const here = Object.entries(locator).map(([key, text]) => [key, text.replace('{url}', platform.url)]);
  const access = { accessToken, baseUrl: `${platform.url}/` };
  const result = await fetchMetaMedia(Object.fromEntries(here), access, platform.egress);
  return { result, asked: platform.asked };
};

describe('a file at Meta', () => {
  test('is asked for by its id, and fetched from where the API says, both with the token', async () => {
    const { result, asked } = await fetchFrom(
      { '/v23.0/99': described, '/file': file },
      { mediaId: '99' },
      'token',
    );
    expect(result).toMatchObject({ ended: 'fetched', type: 'image/jpeg' });
    expect(result.ended === 'fetched' && Buffer.from(result.bytes).toString()).toBe('bytes');
    expect(asked).toEqual(['/v23.0/99 Bearer token', '/file Bearer token']);
  });

  test('is fetched from the URL of the webhook where its id is not known any more', async () => {
    const { result, asked } = await fetchFrom(
      { '/file': file },
      { mediaId: '99', url: '{url}/file' },
      'token',
    );
    expect(result.ended).toBe('fetched');
    expect(asked).toEqual(['/v23.0/99 Bearer token', '/file Bearer token']);
  });

  test('cannot be had without a token', async () => {
    const { result, asked } = await fetchFrom({ '/v23.0/99': described, '/file': file }, { mediaId: '99' });
    expect(result).toMatchObject({ ended: 'failed', failure: 'no_credentials' });
    expect(asked).toEqual([]);
  });

  test('that is a link of somebody else is fetched without the token', async () => {
    const { result, asked } = await fetchFrom({ '/file': file }, { link: '{url}/file' }, 'token');
    expect(result.ended).toBe('fetched');
    expect(asked).toEqual(['/file without credentials']);
  });

  test('whose URL leads elsewhere is fetched without the token', async () => {
    await using elsewhere = await openPlatform({ '/file': file });
    await fetchMetaMedia({ url: `${elsewhere.url}/file` }, { accessToken: 'token' }, elsewhere.egress);
    expect(elsewhere.asked).toEqual(['/file without credentials']);
  });

  test('cannot lead out of the API by its id', async () => {
    const { asked } = await fetchFrom({}, { mediaId: '../me?fields=x' }, 'token');
    expect(asked).toEqual(['/v23.0/..%2Fme%3Ffields%3Dx Bearer token']);
  });

  test.each([
    ['is gone', { status: 404, body: '' }, 'not_found'],
    ['is not for the token', { status: 401, body: '{}' }, 'refused'],
    ['has no URL', { body: '{"id":"99"}' }, 'not_found'],
    ['is described in no JSON', { body: '<html>' }, 'not_found'],
    ['is too large', { body: '{"url":"{url}/file","file_size":100000001}' }, 'too_large'],
  ])('that %s failed for good', async (_, answer, failure) => {
    const { result } = await fetchFrom({ '/v23.0/99': answer, '/file': file }, { mediaId: '99' }, 'token');
    expect(result).toMatchObject({ ended: 'failed', failure });
  });

  test('is tried again where Meta asks for patience', async () => {
    const answers = { '/v23.0/99': { status: 429, body: '' } };
    await expect(fetchFrom(answers, { mediaId: '99' }, 'token')).rejects.toBeInstanceOf(TryAgainLater);
  });

  test('is nowhere where nothing names it', async () => {
    const { result } = await fetchFrom({}, {}, 'token');
    expect(result).toMatchObject({ ended: 'failed', failure: 'not_found' });
  });
});
