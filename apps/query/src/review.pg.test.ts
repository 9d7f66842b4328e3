import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

type Filter = NonNullable<Parameters<Tenant['client']['review']['list']['query']>[0]>;
const listed = async ({ client }: Tenant, filter: Filter = {}): Promise<string[]> =>
  (await client.review.list.query(filter)).items.map(({ participant }) => participant.identifier);

/** One of every kind that could be listed, and of every kind that must not be. */
async function seedAll({ seed }: Tenant): Promise<void> {
  const two = ['93', '94'];
  const live = await seed.participant({ identifier: 'linked', recordId: '93', messageCount: 90 });
  await seed.participant({ identifier: 'us', status: 'internal', messageCount: 90 });
  await seed.participant({ identifier: 'merged', mergedInto: live, messageCount: 90 });
  await seed.participant({ identifier: 'list', nature: 'list', messageCount: 90 });
  await seed.participant({ identifier: 'machine', nature: 'machine', messageCount: 90 });
  const rows = [
    { identifier: 'ambiguous', status: 'ambiguous', candidates: two, messageCount: 3 },
    { identifier: 'contested', recordId: '93', candidates: ['94'], messageCount: 2 },
    { identifier: 'unlinked', messageCount: 4 },
    { identifier: 'role', nature: 'role', messageCount: 1 },
  ] as const;
  for (const row of rows) {
    await seed.participant(row);
    await seed.participant({ ...row, identifier: `dismissed ${row.identifier}`, dismissed: true });
  }
}

describe('review.list', () => {
  test('shows what several records claim, most traffic first, and nothing that was dismissed', async () => {
    const tenant = await service.tenant();
    await seedAll(tenant);
    expect(await listed(tenant)).toEqual(['ambiguous', 'contested']);
    expect(await listed(tenant, { reasons: ['ambiguous'] })).toEqual(['ambiguous']);
    expect(await listed(tenant, { reasons: ['contested'] })).toEqual(['contested']);
    expect(await listed(tenant, { reasons: ['unlinked'] })).toEqual(['unlinked', 'role']);
    expect(await listed(tenant, { reasons: ['unlinked', 'contested', 'ambiguous'] })).toEqual([
      'unlinked',
      'ambiguous',
      'contested',
      'role',
    ]);
    expect(await listed(tenant, { channel: 'whatsapp' })).toEqual([]);
  });

  test('says why each is listed, with its candidates and what speaks for them', async () => {
    const tenant = await service.tenant();
    const email = { kind: 'email' as const, value: 'ana@lima.example' };
    await tenant.seed.record({ recordId: '93', title: 'Ana Lima', identifiers: [email] });
    await tenant.seed.record({ recordId: '94', identifiers: [{ ...email, field: 'other' }] });
    const id = await tenant.seed.participant({
      identifier: email.value,
      recordId: '93',
      candidates: ['94'],
      messageCount: 7,
      lastMessageAt: '2026-11-02T00:00:00.000Z',
    });
    const { items } = await tenant.client.review.list.query();
    expect(items).toEqual([
      {
        participant: await participantOf(tenant, id),
        reason: 'contested',
        messageCount: 7,
        lastMessageAt: '2026-11-02T00:00:00.000Z',
        candidates: [
          {
            recordId: '94',
            title: null,
            evidence: [
              {
                ...email,
                recordId: '94',
                field: 'other',
                observedAt: '2026-03-01T00:00:00.000Z',
                origin: 'webhook',
              },
            ],
          },
        ],
        candidateCount: 1,
        suggestions: [],
      },
    ]);
    expect(items[0]?.participant).toMatchObject({ contested: true, recordId: '93' });
  });

  test('shows ten candidates of many, and counts all that are kept', async () => {
    const tenant = await service.tenant();
    const email = { kind: 'email' as const, value: 'shared@lima.example' };
    const ids = Array.from({ length: 12 }, (_, n) => `r${String(n).padStart(3, '0')}`);
    for (const recordId of ids) await tenant.seed.record({ recordId, identifiers: [email] });
    await tenant.seed.participant({ identifier: email.value, status: 'ambiguous', candidates: ids });
    const { items } = await tenant.client.review.list.query({});
    expect(items[0]?.candidateCount).toBe(12);
    expect(items[0]?.candidates.map(({ recordId }) => recordId)).toEqual(ids.slice(0, 10));
  });

  test('has everybody once over all pages, also where many have the same traffic', async () => {
    const tenant = await service.tenant();
    const expected: { id: string; count: number }[] = [];
    for (let n = 0; n < 17; n += 1) {
      const count = n % 3;
      const status = n % 2 === 0 ? 'ambiguous' : 'unlinked';
      const id = await tenant.seed.participant({
        identifier: `p${n}`,
        status,
        candidates: status === 'ambiguous' ? ['93', '94'] : [],
        messageCount: count,
      });
      expected.push({ id, count });
    }
    const order = expected.toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    for (const limit of [1, 2, 5, 17, 100]) {
      const all = await readAllPages((cursor) =>
        tenant.client.review.list.query({
          reasons: ['ambiguous', 'unlinked'],
          limit,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
      expect(all.map(({ participant }) => participant.id)).toEqual(order.map(({ id }) => id));
    }
  });
});

async function participantOf({ client }: Tenant, participantId: string): Promise<object> {
  const {
    identifiers: _,
    conversationCount: __,
    ...participant
  } = await client.participants.get.query({
    participantId,
  });
  return participant;
}
