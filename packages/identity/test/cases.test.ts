/* Every row of the shared normalisation cases that is about a text, not about a mail's headers. */
import { describe, expect, test } from 'vitest';
import {
  classifyEmail,
  companyDomain,
  normalizeEmail,
  normalizeLinkedIn,
  normalizePhone,
  normalizeWhatsApp,
} from '../src/index.ts';
import { readShared } from './shared-files.ts';

interface Case {
  kind: string;
  input: string;
  context?: { default_country?: string; source?: string };
  expected: Record<string, unknown> | null;
  why: string;
}

const text = readShared('cases/normalisation.json');
const cases = text === null ? [] : (JSON.parse(text) as Case[]);
const ofKind = (kind: string) => cases.filter((row) => row.kind === kind);

/** Rows whose expectation is wrong, with what is right. */
const knownErrors: Record<string, string> = {
  // The A-label of 广告 is xn--4rr70v; the row's xn--3lr804guic is 卷筒纸.
  '用户@例子.广告': '用户@xn--fsqu00a.xn--4rr70v',
};

describe.skipIf(text === null)('the shared cases', () => {
  test.each(ofKind('email'))('email $input: $why', ({ input, expected }) => {
    const result = normalizeEmail(input);
    if (expected === null) return expect(result.ok).toBe(false);
    const key = knownErrors[input] ?? expected['key'];
    const loose = input in knownErrors ? knownErrors[input] : expected['loose'];
    expect(result).toMatchObject({ ok: true, key });
    if (loose !== undefined) expect(result).toMatchObject({ loose });
    if (expected['class'] !== undefined) expect(classifyEmail(String(key))).toBe(expected['class']);
    if ('company_domain' in expected) expect(companyDomain(input).ok).toBe(false);
  });

  test.each(ofKind('domain'))('domain $input: $why', ({ input, expected }) => {
    const result = companyDomain(input);
    expect(result.ok ? result.domain : null).toBe(expected?.['company_domain']);
    if (expected?.['free'] === true) expect(result).toMatchObject({ reason: 'free_mail' });
  });

  test.each(ofKind('phone'))('phone $input: $why', ({ input, context, expected }) => {
    const result =
      context?.source === 'whatsapp_wa_id'
        ? normalizeWhatsApp(input)
        : normalizePhone(input, { defaultCountry: context?.default_country ?? null });
    if (expected === null) return expect(result.ok).toBe(false);
    expect(result).toMatchObject({ ok: true, key: expected['key'] });
    if ('ext' in expected) expect(result).toMatchObject({ extension: expected['ext'] });
    for (const other of (expected['alt'] ?? []) as string[]) {
      expect(normalizePhone(other)).toMatchObject({ loose: result.ok ? result.loose : '' });
    }
  });

  test.each(ofKind('whatsapp_id'))('whatsapp id $input: $why', ({ input, expected }) => {
    const type = String(expected?.['type']).split(' ')[0] ?? '';
    const result = normalizeWhatsApp(input);
    const given = result.ok ? result.kind : result.reason;
    expect(given).toBe(type === 'whatsapp_group' ? 'group' : type);
  });

  const kindOf: Record<string, string> = {
    linkedin_public_id: 'linkedin_public',
    linkedin_profile_id: 'linkedin_profile',
    linkedin_member_id: 'linkedin_member',
    linkedin_sales_id: 'linkedin_sales',
    linkedin_recruiter_id: 'linkedin_recruiter',
  };
  const reasonOf: Record<string, string> = {
    linkedin_company_id: 'company',
    linkedin_public_id_legacy: 'legacy_url',
  };

  test.each(ofKind('linkedin'))('linkedin $input: $why', ({ input, expected }) => {
    const result = normalizeLinkedIn(input);
    if (expected === null) return expect(result.ok).toBe(false);
    const type = String(expected['type']);
    if (type in reasonOf) return expect(result).toEqual({ ok: false, reason: reasonOf[type] });
    const value = String(expected['value']);
    const key = type === 'linkedin_member_id' ? `urn:li:member:${value}` : value;
    expect(result).toMatchObject({ ok: true, kind: kindOf[type], key });
  });

  test('no kind of case is left out, but those about a mail’s headers', () => {
    const kinds = new Set(cases.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([
      'domain',
      'email',
      'email_header',
      'linkedin',
      'phone',
      'whatsapp_id',
    ]);
  });
});
