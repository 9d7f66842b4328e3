import { TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { type Answers, openPlatform } from '../../test/platform.ts';
import { fetchTwilioMedia } from './fetch-media.ts';

const fetchFrom = async (answers: Answers) => {
  await using platform = await openPlatform(answers);
  const locator = { url: `${platform.url}/Media/ME1`, accountSid: 'AC1' };
  const result = await fetchTwilioMedia(locator, 'token', platform.egress);
  return { result, asked: platform.asked };
};

describe('a file at Twilio', () => {
  test("is fetched with the account's credentials", async () => {
    const { result, asked } = await fetchFrom({ '/Media/ME1': { type: 'image/jpeg', body: 'bytes' } });
    expect(result).toMatchObject({ ended: 'fetched', type: 'image/jpeg' });
    expect(asked).toEqual([`/Media/ME1 Basic ${Buffer.from('AC1:token').toString('base64')}`]);
  });

  test('that is gone, or not for the token, failed for good', async () => {
    expect((await fetchFrom({})).result).toMatchObject({ failure: 'not_found' });
    const refused = { '/Media/ME1': { status: 401, body: '' } };
    expect((await fetchFrom(refused)).result).toMatchObject({ failure: 'refused' });
  });

  test('is tried again where Twilio is away', async () => {
    const away = { '/Media/ME1': { status: 503, body: '' } };
    await expect(fetchFrom(away)).rejects.toBeInstanceOf(TryAgainLater);
  });

  test('is nowhere without a URL', async () => {
    await using platform = await openPlatform({});
    expect(await fetchTwilioMedia({}, 'token', platform.egress)).toMatchObject({ failure: 'not_found' });
    expect(platform.asked).toEqual([]);
  });
});
