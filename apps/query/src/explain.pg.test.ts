import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const march = (day: number): string => new Date(Date.UTC(2026, 2, day)).toISOString();
const explain = ({ client }: Tenant, participantId: string) =>
  client.participants.explain.query({ participantId });

/** Ana's record, and Bo's beside it. */
async function seedRecords({ seed }: Tenant): Promise<void> {
  await seed.record({
    recordId: '93',
    title: 'Ana Lima',
    identifiers: [{ kind: 'email', value: 'ana@lima.example', since: march(1) }],
  });
  await seed.record({ recordId: '94', title: 'Bo Lima' });
}

describe('the evidence of a link', () => {
  test('is what the record and the participant share now, and what came last', async () => {
    const tenant = await service.tenant();
    await tenant.seed.record({
      recordId: '93',
      title: 'Ana Lima',
      identifiers: [
        { kind: 'phone', value: '+447700900001', field: 'work', since: march(5) },
        { kind: 'phone', value: '+447700900001', field: 'home', since: march(1) },
        { kind: 'whatsapp_lid', value: '77@lid', field: 'wa', since: march(1) },
        { kind: 'email', value: '+447700900001', field: 'odd', since: march(1) },
      ],
    });
    const id = await tenant.seed.participant({
      channel: 'whatsapp',
      identifier: '+447700900001',
      recordId: '93',
      method: 'phone_webhook',
      confidence: 0.9,
      firstSeenAt: march(3),
    });
    await tenant.seed.identifier({
      participantId: id,
      channel: 'whatsapp',
      kind: 'whatsapp_lid',
      value: '77@lid',
      firstSeenAt: march(2),
      seenByWebhook: false,
    });
    const explanation = await explain(tenant, id);
    const phone = { kind: 'phone', value: '+447700900001', recordId: '93' };
    expect(explanation.evidence).toEqual([
      { ...phone, field: 'home', observedAt: march(3), origin: 'webhook' },
      { ...phone, field: 'work', observedAt: march(5), origin: 'record' },
      {
        kind: 'whatsapp_lid',
        value: '77@lid',
        recordId: '93',
        field: 'wa',
        observedAt: march(2),
        origin: 'sync',
      },
    ]);
    expect(explanation).toMatchObject({
      participantId: id,
      status: 'linked',
      recordId: '93',
      method: 'phone_webhook',
      confidence: 0.9,
      contested: false,
      candidates: [],
      candidateCount: 0,
      rejected: [],
      suggestions: [],
      summary:
        'Linked to Ana Lima (93) with confidence 0.9: the phone number +447700900001, first seen on 3 March 2026, ' +
        'is in the record\'s field "home".',
    });
  });

  test('counts an email address that LinkedIn told, on LinkedIn only', async () => {
    const tenant = await service.tenant();
    await seedRecords(tenant);
    const linkedIn = await tenant.seed.participant({
      channel: 'linkedin',
      identifier: 'urn:li:member:42',
      recordId: '93',
      method: 'linkedin_email_webhook',
    });
    const chat = await tenant.seed.participant({
      channel: 'whatsapp',
      identifier: '+447700900001',
      recordId: '93',
      manual: true,
    });
    for (const participantId of [linkedIn, chat]) {
      const identifierId = await tenant.seed.identifier({
        participantId,
        kind: 'linkedin_public',
        value: `ana-${participantId}`,
        channel: participantId === chat ? 'whatsapp' : 'linkedin',
      });
      await tenant.seed.clue(identifierId, 'ana@lima.example');
    }
    expect((await explain(tenant, linkedIn)).evidence).toMatchObject([
      { kind: 'email', value: 'ana@lima.example', recordId: '93' },
    ]);
    expect((await explain(tenant, chat)).evidence).toEqual([]);
  });

  test('says of what a merged record brought that the record has it, once, since either had it', async () => {
    const tenant = await service.tenant();
    const email = { kind: 'email' as const, value: 'ana@lima.example' };
    await tenant.seed.record({
      recordId: '93',
      title: 'Ana Lima',
      identifiers: [
        { ...email, since: march(9) },
        { ...email, sourceRecordId: '92', since: march(4) },
      ],
    });
    await tenant.seed.record({ recordId: '92', mergedInto: '93' });
    const id = await tenant.seed.participant({
      identifier: email.value,
      recordId: '93',
      firstSeenAt: march(2),
    });
    expect((await explain(tenant, id)).evidence).toEqual([
      { ...email, recordId: '93', field: 'email', observedAt: march(4), origin: 'record' },
    ]);
  });

  test('of a link that a person made is named as theirs', async () => {
    const tenant = await service.tenant();
    await seedRecords(tenant);
    const id = await tenant.seed.participant({
      identifier: 'x@lima.example',
      recordId: '93',
      manual: true,
      method: 'manual',
      confidence: 0.9,
    });
    const actor = `key:${tenant.keyId}`;
    await tenant.seed.decision({ participantId: id, recordId: '93', verdict: 'is', actor, at: march(7) });
    expect(await explain(tenant, id)).toMatchObject({
      evidence: [],
      summary: 'A person linked it to Ana Lima (93) on 7 March 2026, through "CRM".',
    });
  });
});

describe('the candidates', () => {
  const phone = { kind: 'phone' as const, value: '+447700900001' };

  test('of an ambiguous participant are all that hold it, of a contested one the others', async () => {
    const tenant = await service.tenant();
    for (const [recordId, title] of [
      ['93', 'Ana Lima'],
      ['94', 'Bo Lima'],
    ] as const) {
      await tenant.seed.record({ recordId, title, identifiers: [phone] });
    }
    const person = { channel: 'whatsapp' as const, identifier: phone.value };
    const ambiguous = await tenant.seed.participant({
      ...person,
      status: 'ambiguous',
      candidates: ['93', '94'],
    });
    const between = await explain(tenant, ambiguous);
    const evidence = { ...phone, field: 'phone', observedAt: march(1), origin: 'webhook' };
    expect(between).toMatchObject({ status: 'ambiguous', contested: false, evidence: [], candidateCount: 2 });
    expect(between.candidates).toEqual([
      { recordId: '93', title: 'Ana Lima', evidence: [{ ...evidence, recordId: '93' }] },
      { recordId: '94', title: 'Bo Lima', evidence: [{ ...evidence, recordId: '94' }] },
    ]);
    expect(between.summary).toMatch(
      /^Two records hold the phone number \+447700900001: Ana Lima \(93\) and Bo/,
    );

    await tenant.seed.identifier({
      participantId: await tenant.seed.participant({
        identifier: 'urn:li:member:1',
        channel: 'linkedin',
        recordId: '93',
        candidates: ['94'],
      }),
      channel: 'linkedin',
      ...phone,
    });
    const [contested] = (await tenant.client.participants.search.query({ channel: 'linkedin' })).items;
    expect(contested).toMatchObject({ contested: true, status: 'linked' });
    const shown = await explain(tenant, contested?.id ?? '');
    expect(shown).toMatchObject({ contested: true, recordId: '93', candidateCount: 1 });
    expect(shown.evidence).toMatchObject([{ recordId: '93' }]);
    expect(shown.candidates).toMatchObject([
      { recordId: '94', title: 'Bo Lima', evidence: [{ recordId: '94' }] },
    ]);
  });

  test('are shown up to fifty, and counted all, also beyond those that are kept', async () => {
    const tenant = await service.tenant();
    const ids = Array.from({ length: 130 }, (_, n) => `r${String(n).padStart(3, '0')}`);
    for (const recordId of ids) await tenant.seed.record({ recordId, identifiers: [phone] });
    await tenant.seed.record({ recordId: 'gone', identifiers: [phone], isDeleted: true });
    await tenant.seed.record({ recordId: 'not', identifiers: [phone] });
    const id = await tenant.seed.participant({
      channel: 'whatsapp',
      identifier: phone.value,
      status: 'ambiguous',
      candidates: ids.slice(0, 100),
    });
    await tenant.seed.decision({ participantId: id, recordId: 'not', verdict: 'is_not' });
    const explanation = await explain(tenant, id);
    expect(explanation.candidates.map(({ recordId }) => recordId)).toEqual(ids.slice(0, 50));
    expect(explanation.candidateCount).toBe(130);
    expect(explanation.summary).toMatch(/^130 records hold .* and 127 more\./);
  });
});

describe('what a person ruled out', () => {
  test('is listed, newest first, and is no evidence, whichever record the field came from', async () => {
    const tenant = await service.tenant();
    const email = { kind: 'email' as const, value: 'ana@lima.example' };
    await tenant.seed.record({
      recordId: '93',
      title: 'Ana Lima',
      identifiers: [email, { kind: 'email', value: 'a@lima.example', field: 'old', sourceRecordId: '92' }],
    });
    await tenant.seed.record({ recordId: '92', title: 'Ana (old)', mergedInto: '93' });
    await tenant.seed.record({ recordId: '95', title: 'Gone', isDeleted: true });
    const id = await tenant.seed.participant({ identifier: 'a@lima.example', recordId: '93' });
    await tenant.seed.identifier({ participantId: id, ...email });
    await tenant.seed.decision({ participantId: id, recordId: '92', verdict: 'is_not', at: march(2) });
    await tenant.seed.decision({ participantId: id, recordId: '95', verdict: 'is_not', at: march(3) });
    const explanation = await explain(tenant, id);
    expect(explanation.evidence).toMatchObject([{ value: 'ana@lima.example' }]);
    expect(explanation.rejected).toEqual([
      { recordId: '95', title: 'Gone', actor: 'key:unknown', at: march(3) },
      { recordId: '92', title: 'Ana (old)', actor: 'key:unknown', at: march(2) },
    ]);
  });

  test('is why an unlinked participant has no record', async () => {
    const tenant = await service.tenant();
    await seedRecords(tenant);
    const id = await tenant.seed.participant({ identifier: 'ana@lima.example' });
    expect((await explain(tenant, id)).summary).toBe('No record holds ana@lima.example.');
    await tenant.seed.decision({ participantId: id, recordId: '93', verdict: 'is_not' });
    expect((await explain(tenant, id)).summary).toBe(
      'ana@lima.example was unlinked from Ana Lima (93) by a person; no rule links them again.',
    );
  });
});

test('the company itself, lists and machines say what they are', async () => {
  const tenant = await service.tenant();
  const rows = [
    [{ identifier: 'us@acme.example', status: 'internal' }, 'This is the company itself.'],
    [
      { identifier: 'news@lima.example', nature: 'list' },
      'A mailing list is not a person, so no rule links it.',
    ],
    [
      { identifier: 'no-reply@lima.example', nature: 'machine' },
      'A machine is not a person, so no rule links it.',
    ],
  ] as const;
  for (const [row, summary] of rows) {
    expect((await explain(tenant, await tenant.seed.participant(row))).summary).toBe(summary);
  }
});
