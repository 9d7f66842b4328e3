/*
 * Records are offered to a participant for reasons that never link; `participants.explain` and `review.list` show the
 * same. Hints are seeded by the keys that the package `identity` makes, as the resolver writes them.
 */
import type { IdentifierKind, Suggestion } from '@kith/contracts';
import { looseHint, nameHint } from '@kith/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const minute = (n: number): string => new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString();
const suggested = async ({ client }: Tenant, participantId: string): Promise<Suggestion[]> =>
  (await client.participants.explain.query({ participantId })).suggestions;
const recordsOf = (suggestions: Suggestion[]): string[] => suggestions.map(({ recordId }) => recordId);

/** A record that holds an identifier, and the hint of it. */
async function seedHolder(
  { seed }: Tenant,
  recordId: string,
  identifier: { kind: IdentifierKind; value: string },
  title?: string,
): Promise<void> {
  await seed.record({ recordId, title: title ?? null, identifiers: [identifier] });
  const key = looseHint(identifier);
  if (key !== null) await seed.hint({ key, recordId, field: identifier.kind, shown: identifier.value });
}

async function seedName({ seed }: Tenant, recordId: string, name: string, domain: string): Promise<void> {
  const key = nameHint(name, domain);
  if (key !== null) await seed.hint({ key, recordId, field: 'title', shown: name });
}

const email = (value: string) => ({ kind: 'email' as const, value });
const phone = (value: string) => ({ kind: 'phone' as const, value });

describe('a record is suggested', () => {
  test('for the loose form of an address, a phone number and a LinkedIn id', async () => {
    const tenant = await service.tenant();
    await seedHolder(tenant, '1', email('ana@lima.example'), 'Ana Lima');
    await seedHolder(tenant, '2', phone('+5511987654321'));
    await seedHolder(tenant, '3', { kind: 'linkedin_member', value: 'urn:li:member:1' });
    const mail = await tenant.seed.participant({ identifier: 'ana+crm@lima.example' });
    const chat = await tenant.seed.participant({ identifier: '+551187654321', channel: 'whatsapp' });
    const linkedIn = await tenant.seed.participant({
      identifier: 'ACoAAAAAAAEBkwNfM_1h',
      kind: 'linkedin_profile',
      channel: 'linkedin',
    });
    expect(await suggested(tenant, mail)).toEqual([
      {
        recordId: '1',
        title: 'Ana Lima',
        score: 0.7,
        evidence: [
          {
            reason: 'loose_email',
            value: 'ana+crm@lima.example',
            recordValue: 'ana@lima.example',
            field: 'email',
          },
        ],
      },
    ]);
    expect(await suggested(tenant, chat)).toMatchObject([
      { recordId: '2', score: 0.7, evidence: [{ reason: 'phone_variant', recordValue: '+5511987654321' }] },
    ]);
    expect(await suggested(tenant, linkedIn)).toMatchObject([
      { recordId: '3', score: 0.5, evidence: [{ reason: 'linkedin_variant' }] },
    ]);
  });

  test('for its name at its company, whichever identifier has the name, also by an address LinkedIn told', async () => {
    const tenant = await service.tenant();
    await tenant.seed.record({ recordId: '1', title: 'Dr. Ana Lima' });
    await seedName(tenant, '1', 'Dr. Ana Lima', 'lima.example');
    const mail = await tenant.seed.participant({ identifier: 'al@lima.example', displayName: 'LIMA, Ana' });
    const [byMail] = await suggested(tenant, mail);
    expect(byMail).toMatchObject({
      recordId: '1',
      score: 0.5,
      evidence: [
        { reason: 'name_and_company', value: 'LIMA, Ana', recordValue: 'Dr. Ana Lima', field: 'title' },
      ],
    });
    const linkedIn = await tenant.seed.participant({
      identifier: 'urn:li:member:9',
      channel: 'linkedin',
      displayName: 'Ana Lima',
    });
    expect(await suggested(tenant, linkedIn)).toEqual([]);
    const identifierId = await tenant.seed.identifier({
      participantId: linkedIn,
      kind: 'linkedin_public',
      value: 'ana-lima',
      channel: 'linkedin',
    });
    await tenant.seed.clue(identifierId, 'a.lima@lima.example');
    expect(recordsOf(await suggested(tenant, linkedIn))).toEqual(['1']);
  });

  test('for what stands in the signatures of what it wrote, and in nobody else’s', async () => {
    const tenant = await service.tenant();
    await seedHolder(tenant, '1', phone('+442079460958'));
    await seedHolder(tenant, '2', { kind: 'linkedin_public', value: 'ana-lima' });
    await seedHolder(tenant, '3', email('ana@home.example'));
    await seedHolder(tenant, '4', phone('+442079460111'));
    const ana = await tenant.seed.participant({ identifier: 'ana@lima.example' });
    const bo = await tenant.seed.participant({ identifier: 'bo@lima.example' });
    const second = await tenant.seed.identifier({ participantId: ana, ...email('a@lima.example') });
    const made = await tenant.seed.conversation({
      people: [
        { id: ana, role: 'from' },
        { id: bo, role: 'from' },
      ],
      messages: [
        { sentAt: minute(1), senderId: ana, text: 'Hi,\n\n-- \nAna\nana@home.example' },
        {
          sentAt: minute(2),
          senderIdentifierId: second,
          text: 'Hi,\n\n-- \nAna\n+44 20 7946 0958\nlinkedin.com/in/ana-lima',
        },
        { sentAt: minute(3), senderId: bo, text: 'Hi,\n\n-- \nBo\n+44 20 7946 0111' },
      ],
    });
    const [first, other] = made.messageIds;
    expect(await suggested(tenant, ana)).toMatchObject([
      { recordId: '1', evidence: [{ reason: 'signature_phone', messageId: other, field: 'phone' }] },
      { recordId: '2', evidence: [{ reason: 'signature_linkedin', messageId: other }] },
      {
        recordId: '3',
        score: 0.6,
        evidence: [
          {
            reason: 'signature_email',
            messageId: first,
            value: 'ana@home.example',
            recordValue: 'ana@home.example',
          },
        ],
      },
    ]);
    expect(recordsOf(await suggested(tenant, bo))).toEqual(['4']);
  });

  test('for what is shown of what it wrote: the newest text, and nothing of what was taken back', async () => {
    const tenant = await service.tenant();
    await seedHolder(tenant, '1', phone('+442079460958'));
    await seedHolder(tenant, '2', email('ana@home.example'));
    const ana = await tenant.seed.participant({ identifier: 'ana@lima.example' });
    await tenant.seed.conversation({
      people: [{ id: ana, role: 'from' }],
      messages: [
        {
          sentAt: minute(1),
          senderId: ana,
          text: 'Hi',
          editedText: 'Hi,\n\n-- \nAna\nana@home.example',
        },
        { sentAt: minute(2), senderId: ana, text: 'Hi,\n\n-- \nAna\n+44 20 7946 0958', isDeleted: true },
      ],
    });
    expect(recordsOf(await suggested(tenant, ana))).toEqual(['2']);
  });

  test('the more surely, the more reasons there are', async () => {
    const tenant = await service.tenant();
    await seedHolder(tenant, '1', email('ana@lima.example'), 'Ana Lima');
    await seedName(tenant, '1', 'Ana Lima', 'lima.example');
    await seedHolder(tenant, '2', email('other@x.example'), 'Ana Lima');
    await seedName(tenant, '2', 'Ana Lima', 'lima.example');
    const id = await tenant.seed.participant({ identifier: 'ana+x@lima.example', displayName: 'Ana Lima' });
    expect((await suggested(tenant, id)).map(({ recordId, score }) => [recordId, score])).toEqual([
      ['1', 0.85],
      ['2', 0.5],
    ]);
  });
});

describe('a record is not suggested', () => {
  test('when it is linked, a candidate, ruled out or deleted, or its field is that of one ruled out', async () => {
    const tenant = await service.tenant();
    for (const recordId of ['linked', 'candidate', 'not', 'holder', 'free']) {
      await seedHolder(tenant, recordId, email('ana@lima.example'));
    }
    await tenant.seed.record({ recordId: 'deleted', isDeleted: true });
    const key = 'email:bo@lima.example';
    await tenant.seed.hint({ key, recordId: 'deleted', shown: 'bo@lima.example' });
    await tenant.seed.hint({ key, recordId: 'holder', sourceRecordId: 'merged', shown: 'bo@lima.example' });
    await tenant.seed.hint({ key, recordId: 'free', shown: 'bo@lima.example' });
    const id = await tenant.seed.participant({
      identifier: 'bo+x@lima.example',
      recordId: 'linked',
      candidates: ['candidate'],
    });
    await tenant.seed.identifier({ participantId: id, ...email('ana+x@lima.example') });
    const before = await tenant.seed.participant({ identifier: 'before@lima.example', mergedInto: id });
    await tenant.seed.decision({ participantId: before, recordId: 'not', verdict: 'is_not' });
    expect(recordsOf(await suggested(tenant, id))).toEqual(['free', 'holder']);
    await tenant.seed.decision({ participantId: id, recordId: 'merged', verdict: 'is_not' });
    await tenant.seed.decision({ participantId: id, recordId: 'holder', verdict: 'is_not' });
    expect(recordsOf(await suggested(tenant, id))).toEqual(['free']);
  });

  test('to who is linked, the company itself, a list or a machine', async () => {
    const tenant = await service.tenant();
    await seedHolder(tenant, '1', email('ana@lima.example'));
    const rows = [
      { status: 'internal' },
      { nature: 'list' },
      { nature: 'machine' },
      { recordId: '93' },
      { status: 'ambiguous', candidates: ['1'] },
    ] as const;
    for (const [n, row] of rows.entries()) {
      const id = await tenant.seed.participant({ identifier: `ana+${n}@lima.example`, ...row });
      expect(await suggested(tenant, id)).toEqual([]);
    }
    const role = await tenant.seed.participant({ identifier: 'ana+role@lima.example', nature: 'role' });
    expect(recordsOf(await suggested(tenant, role))).toEqual(['1']);
  });

  test('by a key that more than twenty records share, be it a hint or a number in a signature', async () => {
    const tenant = await service.tenant();
    for (let n = 0; n < 21; n += 1) {
      await seedHolder(tenant, `hint ${n}`, email('sales@lima.example'));
      await seedHolder(tenant, `number ${n}`, phone('+442079460958'));
    }
    const id = await tenant.seed.participant({ identifier: 'sales+x@lima.example' });
    await tenant.seed.conversation({
      people: [{ id, role: 'from' }],
      messages: [{ sentAt: minute(1), senderId: id, text: 'Hi,\n\n-- \nAna\n+44 20 7946 0958' }],
    });
    expect(await suggested(tenant, id)).toEqual([]);
  });

  test('of another workspace', async () => {
    const tenant = await service.tenant();
    const other = await service.tenant();
    await seedHolder(other, '1', email('ana@lima.example'));
    const id = await tenant.seed.participant({ identifier: 'ana+x@lima.example' });
    expect(await suggested(tenant, id)).toEqual([]);
  });
});

describe('what a participant wrote', () => {
  test('is looked at in its five newest conversations, and in each a little way back', async () => {
    const tenant = await service.tenant();
    await seedHolder(tenant, 'seen', phone('+442079460958'));
    await seedHolder(tenant, 'old', phone('+442079460111'));
    await seedHolder(tenant, 'deep', phone('+442079460222'));
    const ana = await tenant.seed.participant({ identifier: 'ana@lima.example' });
    const bo = await tenant.seed.participant({ identifier: 'bo@costa.example' });
    const people = [{ id: ana, role: 'from' as const }];
    const sign = (number: string) => `Hi,\n\n-- \nAna\n${number}`;
    await tenant.seed.conversation({
      people,
      messages: [{ sentAt: minute(1), senderId: ana, text: sign('+44 20 7946 0111') }],
    });
    const later = Array.from({ length: 25 }, (_, n) => ({ sentAt: minute(100 + n), senderId: bo }));
    await tenant.seed.conversation({
      people: [...people, { id: bo, role: 'from' }],
      messages: [{ sentAt: minute(99), senderId: ana, text: sign('+44 20 7946 0222') }, ...later],
    });
    for (let n = 0; n < 4; n += 1) {
      await tenant.seed.conversation({
        people,
        messages: [{ sentAt: minute(10 + n), senderId: ana, text: sign('+44 20 7946 0958') }],
      });
    }
    expect(recordsOf(await suggested(tenant, ana))).toEqual(['seen']);
  });
});

test('review.list offers the same, to each its own', async () => {
  const tenant = await service.tenant();
  const ids: string[] = [];
  for (let n = 0; n < 8; n += 1) {
    await seedHolder(tenant, `r${n}`, email(`p${n}@lima.example`));
    ids.push(await tenant.seed.participant({ identifier: `p${n}+x@lima.example`, messageCount: 100 - n }));
  }
  const { items } = await tenant.client.review.list.query({ reasons: ['unlinked'] });
  expect(items.map(({ participant }) => participant.id)).toEqual(ids);
  for (const [n, item] of items.entries()) {
    expect(recordsOf(item.suggestions)).toEqual([`r${n}`]);
    expect(item.suggestions).toEqual(await suggested(tenant, ids[n] ?? ''));
  }
});
