import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';
import type { SeededParticipant } from '../test/seed-participants.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

type Filter = NonNullable<Parameters<Tenant['client']['participants']['search']['query']>[0]>;
const found = async ({ client }: Tenant, filter: Filter): Promise<string[]> =>
  (await client.participants.search.query(filter)).items.map(({ identifier }) => identifier);

/** An id whose place in the order is its number. */
const idAt = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

async function seedInOrder({ seed }: Tenant, rows: readonly SeededParticipant[]): Promise<void> {
  for (const [n, row] of rows.entries()) await seed.participant({ id: idAt(n), ...row });
}

describe('participants.get', () => {
  test('of an id that was merged into another shows what it became, with the identifiers of both', async () => {
    const { seed, client } = await service.tenant();
    const live = await seed.participant({ identifier: 'ana@lima.example', nature: 'role' });
    const merged = await seed.participant({ identifier: 'a@lima.example', mergedInto: live });
    await seed.conversation({
      people: [{ id: live, role: 'from' }],
      messages: [{ sentAt: '2026-11-01T00:00:00.000Z' }],
    });
    const shown = await client.participants.get.query({ participantId: merged });
    expect(shown).toMatchObject({
      id: live,
      nature: 'role',
      contested: false,
      identifiers: [
        { kind: 'email', value: 'a@lima.example' },
        { kind: 'email', value: 'ana@lima.example' },
      ],
      conversationCount: 1,
    });
    expect(shown).toEqual(await client.participants.get.query({ participantId: live.toUpperCase() }));
  });
});

describe('participants.search', () => {
  test('lists everybody once over all pages, by id, and nobody who was merged', async () => {
    const tenant = await service.tenant();
    const rows = Array.from({ length: 9 }, (_, n) => ({ identifier: `p${n}@lima.example` }));
    await seedInOrder(tenant, rows);
    await tenant.seed.participant({ id: idAt(99), identifier: 'merged@lima.example', mergedInto: idAt(0) });
    for (const limit of [1, 4, 9, 100]) {
      const all = await readAllPages((cursor) =>
        tenant.client.participants.search.query({ limit, ...(cursor === undefined ? {} : { cursor }) }),
      );
      expect(all.map(({ identifier }) => identifier)).toEqual(rows.map(({ identifier }) => identifier));
    }
  });

  test('keeps to a status and a channel', async () => {
    const tenant = await service.tenant();
    await seedInOrder(tenant, [
      { identifier: 'ana@lima.example', recordId: '93' },
      { identifier: '+447700900001', channel: 'whatsapp', recordId: '93' },
      { identifier: '+447700900002', channel: 'whatsapp' },
      { identifier: 'us@acme.example', status: 'internal' },
      { identifier: '+447700900003', channel: 'whatsapp', status: 'ambiguous', candidates: ['93', '94'] },
      { identifier: '+447700900004', channel: 'whatsapp', mergedInto: idAt(2) },
    ]);
    expect(await found(tenant, { status: 'linked' })).toEqual(['ana@lima.example', '+447700900001']);
    expect(await found(tenant, { status: 'linked', channel: 'whatsapp' })).toEqual(['+447700900001']);
    expect(await found(tenant, { status: 'unlinked' })).toEqual(['+447700900002']);
    expect(await found(tenant, { status: 'ambiguous', query: '0003' })).toEqual(['+447700900003']);
    expect(await found(tenant, { status: 'internal', channel: 'whatsapp' })).toEqual([]);
  });

  test('finds the beginnings of words of a name or of any identifier, in any case and without accents', async () => {
    const tenant = await service.tenant();
    await seedInOrder(tenant, [
      { identifier: 'ana@lima.example', displayName: 'Ána LIMA 100%' },
      { identifier: 'bo_x@costa.example', displayName: 'Bo' },
      { identifier: '+5511987654321', channel: 'whatsapp', displayName: '山田 太郎' },
    ]);
    await tenant.seed.identifier({
      participantId: idAt(1),
      kind: 'email',
      value: 'second@costa.example',
      displayName: 'Bruno',
    });
    for (const query of ['a lim', 'ana', 'ÁNA', 'lima', 'ana@li', 'lima.example', '100%']) {
      expect(await found(tenant, { query })).toEqual(['ana@lima.example']);
    }
    for (const query of ['SECOND@', 'bruno', 'bo_x', 'costa', 'bruno bo']) {
      expect(await found(tenant, { query })).toEqual(['bo_x@costa.example']);
    }
    for (const query of ['山', '山田', '太郎', '98765', '5511']) {
      expect(await found(tenant, { query })).toEqual(['+5511987654321']);
    }
    expect(await found(tenant, { query: '.example' })).toHaveLength(2);
    for (const query of ['%', "'", ':*', '\\']) expect(await found(tenant, { query })).toEqual([]);
  });

  test('shows the bearer of an identifier first, however it is written, on every page size', async () => {
    const tenant = await service.tenant();
    await seedInOrder(tenant, [
      { identifier: 'mariana.ana@lima.example' },
      { identifier: 'x@lima.example', displayName: 'Ana@Lima.example' },
      { identifier: 'b@lima.example' },
      { identifier: '+447700900123', channel: 'whatsapp' },
    ]);
    await tenant.seed.identifier({ participantId: idAt(2), kind: 'email', value: 'ana@lima.example' });
    const expected = ['b@lima.example', 'mariana.ana@lima.example', 'x@lima.example'];
    for (const limit of [1, 2, 100]) {
      const all = await readAllPages((cursor) =>
        tenant.client.participants.search.query({
          query: ' ANA@Lima.example ',
          limit,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
      expect(all.map(({ identifier }) => identifier)).toEqual(expected);
    }
    expect(await found(tenant, { query: '+44 7700 900-123' })).toEqual(['+447700900123']);
  });
});

describe('team.get', () => {
  test('shows the team’s identifiers and domains', async () => {
    const { seed, client } = await service.tenant();
    expect(await client.team.get.query({})).toEqual({ identifiers: [], domains: [] });
    await seed.team('phone', '+447700900001');
    await seed.team('domain', 'acme.example');
    await seed.team('email', 'jo@home.example');
    expect(await client.team.get.query()).toEqual({
      identifiers: [
        { kind: 'email', value: 'jo@home.example' },
        { kind: 'phone', value: '+447700900001' },
      ],
      domains: ['acme.example'],
    });
  });
});

describe('stats.overview', () => {
  test('counts nobody who was merged', async () => {
    const { seed, client } = await service.tenant();
    const live = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    await seed.participant({ identifier: 'a@lima.example', mergedInto: live });
    const { participants, linkedShare } = await client.stats.overview.query({});
    expect(participants).toEqual({ linked: 1, unlinked: 0, ambiguous: 0, internal: 0 });
    expect(linkedShare).toBe(1);
  });
});
