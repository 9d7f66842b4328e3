import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looseLinkedIn, normalizeLinkedIn } from './linkedin.ts';

const profileId = 'ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E';
const salesId = 'ACwAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E';
const recruiterId = 'AEMAAAcDMMQBODyLwZrRcg';

const answer = (text: string, declared = false): string => {
  const result = normalizeLinkedIn(text, { declared });
  return result.ok ? `${result.kind} ${result.key}` : result.reason;
};

test.each([
  'https://www.linkedin.com/in/Ana-Lima/',
  'http://linkedin.com/in/ana-lima?utm_source=x&trk=y#about',
  'HTTPS://WWW.LINKEDIN.COM/IN/ANA-LIMA',
  'https://br.linkedin.com/in/ana-lima/en',
  'https://m.linkedin.com/in/ana-lima',
  'https://touch.www.linkedin.com/in/ana-lima',
  'https://www.linkedin.com./in/ana-lima',
  'https://www.linkedin.com:443/in/ana-lima',
  'linkedin.com/in/ana-lima',
  'www.linkedin.com/in/ana-lima',
  '//www.linkedin.com/in/ana-lima',
  'http://https://www.linkedin.com/in/ana-lima',
  'https://www.linkedin.com/in/ana-lima/detail/contact-info/',
  'https://www.linkedin.com/in/ana-lima/overlay/about-this-profile/',
  'https://www.linkedin.com/in/ana-lima/recent-activity/all/',
  'https://www.linkedin.com/in/ana-lima/?locale=de_DE',
  'https://www.linkedin.com/comm/in/ana-lima?midToken=AQ',
  'https://www.linkedin.com/mwlite/in/ana-lima',
  'https://www.linkedin.com/mwlite/profile/in/ana-lima',
  'https://www.linkedin.cn/incareer/in/ana-lima',
  'https://www.linkedin.com//in//ana-lima',
  'https://www.linkedin.com/in/ana%2Dlima',
  'https://www.linkedin.com/authwall?trk=x&sessionRedirect=https%3A%2F%2Fbr.linkedin.com%2Fin%2Fana-lima',
  'https://www.linkedin.com/uas/login?session_redirect=%2Fin%2Fana-lima',
  'LinkedIn: linkedin.com/in/ana-lima',
  '<https://www.linkedin.com/in/ana-lima>',
  'https://www.linkedin.com/in/ana-lima).',
  '\u200bhttps://www.linkedin.com/in/ana-lima\u00a0',
])('%s is a public profile', (text) => {
  expect(answer(text)).toBe('linkedin_public ana-lima');
});

test.each([
  ['https://www.linkedin.com/in/Zo%C3%AB-m%C3%BCller-1a2b3c/', 'zoë-müller-1a2b3c'],
  ['https://www.linkedin.com/in/Zoë-müller-1a2b3c/', 'zoë-müller-1a2b3c'],
  ['https://www.linkedin.com/in/zoe%CC%88-mu%CC%88ller-1a2b3c/', 'zoë-müller-1a2b3c'],
  ['https://www.linkedin.com/in/zo%25C3%25AB-m%25C3%25BCller-1a2b3c/', 'zoë-müller-1a2b3c'],
  ['https://www.linkedin.com/in/%E5%B1%B1%E7%94%B0-%E5%A4%AA%E9%83%8E', '山田-太郎'],
  ['https://www.linkedin.com/in/ana-%F0%9F%92%A1-lima', 'ana-💡-lima'],
])('the slug of %s is %s', (text, slug) => {
  expect(answer(text)).toBe(`linkedin_public ${slug}`);
});

test.each([
  ['urn:li:member:123456789', 'linkedin_member urn:li:member:123456789'],
  ['https://www.linkedin.com/profile/view?id=123456789&trk=x', 'linkedin_member urn:li:member:123456789'],
  [
    'https://www.linkedin.com/recruiter/profile/123456789,AbCd,CAP',
    'linkedin_member urn:li:member:123456789',
  ],
  [profileId, `linkedin_profile ${profileId}`],
  [`https://www.linkedin.com/in/${profileId}/`, `linkedin_profile ${profileId}`],
  [`https://www.linkedin.com/profile/view?id=${profileId}`, `linkedin_profile ${profileId}`],
  [`urn:li:person:${profileId}`, `linkedin_profile ${profileId}`],
  ['urn:li:person:yrZCpj2Z12', 'linkedin_profile urn:li:person:yrZCpj2Z12'],
  [`urn:li:fsd_profile:${profileId}`, `linkedin_profile ${profileId}`],
  [`urn:li:fs_miniProfile:${profileId}`, `linkedin_profile ${profileId}`],
  [`urn%3Ali%3Afsd_profile%3A${profileId}`, `linkedin_profile ${profileId}`],
  [`urn:li:msg_messagingParticipant:urn:li:fsd_profile:${profileId}`, `linkedin_profile ${profileId}`],
  [`urn:li:fs_messagingMember:(2-Zm9v==,${profileId})`, `linkedin_profile ${profileId}`],
  [salesId, `linkedin_sales ${salesId}`],
  [`urn:li:fs_salesProfile:(${salesId},NAME_SEARCH,abcd)`, `linkedin_sales ${salesId}`],
  [`urn:li:fs_salesProfile:${salesId}`, `linkedin_sales ${salesId}`],
  [`https://www.linkedin.com/sales/lead/${salesId},NAME_SEARCH,abcd?_ntb=x`, `linkedin_sales ${salesId}`],
  [`https://www.linkedin.com/sales/lead/${salesId}%2CNAME_SEARCH%2Cabcd`, `linkedin_sales ${salesId}`],
  [`https://www.linkedin.com/sales/people/${salesId},NAME_SEARCH`, `linkedin_sales ${salesId}`],
  [recruiterId, `linkedin_recruiter ${recruiterId}`],
  [`https://www.linkedin.com/talent/profile/${recruiterId}`, `linkedin_recruiter ${recruiterId}`],
  [
    `https://www.linkedin.com/talent/hire/47/manage/profile/${recruiterId}?x=1`,
    `linkedin_recruiter ${recruiterId}`,
  ],
])('%s is %s', (text, expected) => {
  expect(answer(text)).toBe(expected);
});

test.each([
  ['', 'empty'],
  ['Ana Lima', 'not_linkedin'],
  ['ana@lima.example', 'not_linkedin'],
  ['https://evil-linkedin.com/in/ana', 'not_linkedin'],
  ['https://linkedin.com.evil.io/in/ana', 'not_linkedin'],
  ['linkedin.com.evil.io/in/ana', 'not_linkedin'],
  ['https://linkedin.com@evil.io/in/ana', 'not_linkedin'],
  ['https://evil.io\\@linkedin.com/in/ana', 'not_linkedin'],
  ['https://evil.io#@linkedin.com/in/ana', 'not_linkedin'],
  ['https://ana:x@www.linkedin.com/in/ana', 'not_linkedin'],
  ['https://evil.io@www.linkedin.com/in/ana', 'not_linkedin'],
  ['https://www.lınkedin.com/in/ana', 'not_linkedin'],
  ['javascript://linkedin.com/in/ana', 'not_linkedin'],
  ['https://evil.io/?u=https://www.linkedin.com/in/ana', 'not_linkedin'],
  ['ana-lima', 'bare_slug'],
  ['123456789', 'bare_slug'],
  [profileId.toLowerCase(), 'damaged_id'],
  [profileId.toUpperCase(), 'damaged_id'],
  [recruiterId.toLowerCase(), 'damaged_id'],
  [`https://www.linkedin.com/in/${profileId.toLowerCase()}`, 'damaged_id'],
  ['https://www.linkedin.com/in/ACoAA%2a', 'damaged_id'],
  [`https://www.linkedin.com/in/${profileId}%2a`, `linkedin_profile ${profileId}`],
  [`https://www.linkedin.com/sales/lead/${salesId.toLowerCase()},NAME_SEARCH,x`, 'damaged_id'],
  [`urn:li:fsd_profile:${profileId.toLowerCase()}`, 'damaged_id'],
  ['https://www.linkedin.com/in/ACoAAAcD', 'damaged_id'],
  ['https://www.linkedin.com/in/zo%C3%', 'damaged_id'],
  ['https://www.linkedin.com/in/zo%EB', 'damaged_id'],
  ['https://www.linkedin.com/in/zo\ufffd', 'damaged_id'],
  ['https://www.linkedin.com/company/1035/', 'company'],
  ['https://www.linkedin.com/school/mit/', 'company'],
  ['https://www.linkedin.com/showcase/acme', 'company'],
  ['https://www.linkedin.com/sales/company/1035', 'company'],
  ['urn:li:organization:1035', 'company'],
  ['urn:li:fsd_company:1035', 'company'],
  ['https://www.linkedin.com/pub/jane-doe/1a/2b3/4c5', 'legacy_url'],
  ['https://www.linkedin.com/pub/dir/jane/doe', 'not_a_person'],
  ['https://lnkd.in/eAbCdEf', 'not_a_person'],
  ['https://www.linkedin.com/', 'not_a_person'],
  ['linkedin.com', 'not_a_person'],
  ['https://www.linkedin.com/in/', 'not_a_person'],
  ['https://www.linkedin.com/in/me/', 'not_a_person'],
  ['https://www.linkedin.com/in/ana lima', 'not_a_person'],
  ['https://www.linkedin.com/groups/12345', 'not_a_person'],
  ['https://www.linkedin.com/posts/ana-lima_hi-activity-1', 'not_a_person'],
  ['https://www.linkedin.com/feed/update/urn:li:activity:1', 'not_a_person'],
  ['urn:li:activity:1', 'not_a_person'],
  ['urn:li:member:0', 'not_a_person'],
  ['urn:li:member:abc', 'not_a_person'],
  ['urn:li:', 'not_a_person'],
  [`https://www.linkedin.com/in/${'a'.repeat(3_000)}`, 'too_long'],
])('%s names nobody: %s', (text, reason) => {
  expect(answer(text)).toBe(reason);
});

test.each([
  ['ana-lima', 'linkedin_public ana-lima'],
  ['Ana-Lima/', 'linkedin_public ana-lima'],
  ['@ana-lima', 'linkedin_public ana-lima'],
  ['/in/ana-lima', 'linkedin_public ana-lima'],
  ['in/ana-lima/', 'linkedin_public ana-lima'],
  ['Zo%C3%AB', 'linkedin_public zoë'],
  ['123456789', 'linkedin_member urn:li:member:123456789'],
  [`in/${profileId}`, `linkedin_profile ${profileId}`],
  [profileId.toLowerCase(), 'damaged_id'],
  ['zo%C3%', 'damaged_id'],
  ['Ana Lima', 'not_linkedin'],
  ['lima.example', 'not_linkedin'],
])('in a field declared as LinkedIn %s is %s', (text, expected) => {
  expect(answer(text, true)).toBe(expected);
});

test('opaque ids of one person suggest the same member, other keys only themselves', () => {
  for (const id of [profileId, salesId, recruiterId]) {
    expect(looseLinkedIn(id)).toBe('urn:li:member:117649604');
    expect(normalizeLinkedIn(id)).toMatchObject({ loose: 'urn:li:member:117649604' });
  }
  expect(looseLinkedIn('urn:li:member:117649604')).toBe('urn:li:member:117649604');
  expect(looseLinkedIn('ana-lima')).toBe('ana-lima');
  expect(looseLinkedIn('ACoAAAAAAAABODyLwZrRcg')).toBe('ACoAAAAAAAABODyLwZrRcg');
});

describe('any text', () => {
  const segment = fc.string({ unit: fc.constantFrom(...Array.from('aAäÄ-%2Fe.ACo/?#@é💡1ß')) });
  const area = fc.constantFrom(
    'in',
    'pub',
    'sales/lead',
    'talent/profile',
    'company',
    'profile/view?id=',
    'x',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.tuple(area, segment).map(([path, name]) => `https://www.linkedin.com/${path}/${name}`),
    segment.map((name) => `https://www.linkedin.com/in/ACoAA${name}`),
    segment.map((name) => `urn:li:fsd_profile:${name}`),
    fc.string({ unit: 'grapheme' }).map((name) => `linkedin.com/in/${name}`),
  );

  test('gives a result, whose key names the same again', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (written, declared) => {
        const result = normalizeLinkedIn(written, { declared });
        if (!result.ok) return;
        const url = `https://www.linkedin.com/in/${encodeURIComponent(result.key)}`;
        const again = result.kind === 'linkedin_public' ? url : result.key;
        expect(normalizeLinkedIn(again)).toEqual(result);
        expect(looseLinkedIn(result.loose)).toBe(result.loose);
        expect(result.key).not.toMatch(/[\s\p{Cc}\p{Cs}%/?#]/u);
      }),
      { numRuns: 4_000 },
    );
  });

  test.each(['/in/', '%25', 'urn:li:', '(', 'a', 'http://', '@', '\u200d', 'linkedin.com/in/'])(
    'of a megabyte of %s is refused, not read',
    (part) => {
      expect(answer(part.repeat(1_000_000 / part.length), true)).toBe('too_long');
    },
  );
});
