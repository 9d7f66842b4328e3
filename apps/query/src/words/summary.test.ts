import type { Candidate, Evidence } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { summarize, type SummaryFacts } from './summary.ts';

const email = { kind: 'email', value: 'ana@lima.example' } as const;
const phone = { kind: 'phone', value: '+447700900123' } as const;

const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  ...email,
  recordId: '93',
  field: 'email',
  observedAt: '2026-03-01T09:00:00.000Z',
  origin: 'webhook',
  ...more,
});

const candidate = (recordId: string, title: string | null, ...shared: Partial<Evidence>[]): Candidate => ({
  recordId,
  title,
  evidence: shared.map((one) => evidence({ recordId, ...one })),
});

const unlinked: SummaryFacts = {
  status: 'unlinked',
  recordId: null,
  method: null,
  confidence: null,
  evidence: [],
  candidates: [],
  candidateCount: 0,
  nature: 'person',
  identifiers: [email],
  title: null,
  decision: null,
  rejected: [],
};
const linked: SummaryFacts = {
  ...unlinked,
  status: 'linked',
  recordId: '93',
  title: 'Ana Lima',
  method: 'email_webhook',
  confidence: 0.95,
  evidence: [evidence()],
};
const ambiguous = (...candidates: Candidate[]): SummaryFacts => ({
  ...unlinked,
  status: 'ambiguous',
  candidates,
  candidateCount: candidates.length,
});

describe('a link that a rule made', () => {
  test('names the record, how sure it is, and the evidence', () => {
    expect(summarize(linked)).toBe(
      'Linked to Ana Lima (93) with confidence 0.95: the email address ana@lima.example, first seen on ' +
        '1 March 2026, is in the record\'s field "email".',
    );
  });

  test('says since when the record has it where the record came last', () => {
    const later = [evidence({ origin: 'record' })];
    expect(summarize({ ...linked, method: 'record_identifier_match', evidence: later })).toBe(
      'Linked to Ana Lima (93) with confidence 0.95: the email address ana@lima.example has been in the ' +
        'record\'s field "email" since 1 March 2026.',
    );
  });

  test('tells of the evidence that its method speaks of', () => {
    const both = [evidence(), evidence({ ...phone, field: 'mobile' })];
    expect(summarize({ ...linked, method: 'phone_webhook', evidence: both })).toContain(
      'the phone number +447700900123',
    );
    expect(summarize({ ...linked, evidence: both })).toContain('the email address ana@lima.example');
  });

  test('says what its method means where nothing is shared any more, and no more of an unknown one', () => {
    expect(summarize({ ...linked, evidence: [] })).toBe(
      "Linked to Ana Lima (93) with confidence 0.95: its email address is the record's.",
    );
    expect(summarize({ ...linked, evidence: [], method: 'crm_import' })).toBe(
      'Linked to Ana Lima (93) with confidence 0.95.',
    );
  });

  test('that is contested names who else holds it', () => {
    const contested = { ...linked, candidates: [candidate('94', 'Bo Lima', email)], candidateCount: 1 };
    expect(summarize(contested)).toMatch(
      / Another record holds the email address ana@lima\.example too: Bo Lima \(94\)\. Check which one is right\.$/,
    );
    const two = [candidate('94', 'Bo Lima', email), candidate('95', null, email)];
    expect(summarize({ ...linked, candidates: two, candidateCount: 2 })).toMatch(
      / Two other records hold the email address ana@lima\.example too: Bo Lima \(94\) and 95\. Check/,
    );
  });
});

test('a link that a person made says when and, where known, through what', () => {
  const decision = { at: '2026-03-02T23:59:00.000Z', keyName: null };
  expect(summarize({ ...linked, decision })).toBe('A person linked it to Ana Lima (93) on 2 March 2026.');
  expect(summarize({ ...linked, decision: { ...decision, keyName: 'CRM' } })).toBe(
    'A person linked it to Ana Lima (93) on 2 March 2026, through "CRM".',
  );
  expect(summarize({ ...linked, decision: { at: null, keyName: null }, title: null })).toBe(
    'A person linked it to 93.',
  );
});

describe('an ambiguous participant', () => {
  test('names what several records hold, and them', () => {
    const two = ambiguous(candidate('93', 'Ana Lima', phone), candidate('94', 'Bo Lima', phone));
    expect(summarize(two)).toBe(
      'Two records hold the phone number +447700900123: Ana Lima (93) and Bo Lima (94). ' +
        'Nothing decides between them; choose one.',
    );
  });

  test('of many names three', () => {
    const many = ambiguous(...['1', '2', '3', '4'].map((id) => candidate(id, `R${id}`, phone)));
    expect(summarize({ ...many, candidateCount: 5_000 })).toBe(
      '5000 records hold the phone number +447700900123: R1 (1), R2 (2), R3 (3) and 4997 more. ' +
        'Nothing decides between them; choose one.',
    );
  });

  test('does not name one identifier where they hold different ones', () => {
    const differing = ambiguous(candidate('93', 'Ana', email), candidate('94', 'Bo', phone));
    expect(summarize(differing)).toBe(
      'Two records hold something it is known by: Ana (93) and Bo (94). Nothing decides between them; choose one.',
    );
  });
});

describe('an unlinked participant', () => {
  test('is one that no record holds', () => {
    expect(summarize(unlinked)).toBe('No record holds ana@lima.example.');
    expect(summarize({ ...unlinked, identifiers: [email, phone] })).toBe(
      'No record holds ana@lima.example or +447700900123.',
    );
  });

  test('that is nobody says so', () => {
    expect(summarize({ ...unlinked, nature: 'list' })).toBe(
      'A mailing list is not a person, so no rule links it.',
    );
    expect(summarize({ ...unlinked, nature: 'machine' })).toBe(
      'A machine is not a person, so no rule links it.',
    );
    expect(summarize({ ...unlinked, nature: 'role' })).toBe('No record holds ana@lima.example.');
  });

  test('that a person unlinked says from whom, and that it stays so', () => {
    const rejected = [{ recordId: '93', title: 'Ana Lima' }];
    expect(summarize({ ...unlinked, rejected })).toBe(
      'ana@lima.example was unlinked from Ana Lima (93) by a person; no rule links them again.',
    );
    expect(summarize({ ...unlinked, rejected, identifiers: [email, phone] })).toBe(
      'ana@lima.example and +447700900123 were unlinked from Ana Lima (93) by a person; no rule links them again.',
    );
    expect(summarize({ ...unlinked, rejected, nature: 'list' })).toMatch(
      /^A mailing list .* links it\. ana@lima/,
    );
  });
});

test('the company itself is that', () => {
  expect(summarize({ ...unlinked, status: 'internal' })).toBe('This is the company itself.');
});
