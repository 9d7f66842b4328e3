import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

describe('records.get', () => {
  test('shows identifiers, participants, conversations by channel and the newest activity', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({
      recordId: '93',
      title: 'Ana Lima',
      identifiers: [
        { kind: 'phone', value: '+5511987654321' },
        { kind: 'email', value: 'ana@lima.example' },
      ],
      lastActivityAt: '2026-11-02T00:00:00.000Z',
    });
    const work = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    const home = await seed.participant({ identifier: 'ana@home.example', recordId: '93' });
    const phone = await seed.participant({
      identifier: '+5511987654321',
      channel: 'whatsapp',
      recordId: '93',
    });
    const messages = [{ sentAt: '2026-11-02T00:00:00.000Z' }];
    await seed.conversation({
      people: [
        { id: work, role: 'from' },
        { id: home, role: 'cc' },
      ],
      messages,
    });
    await seed.conversation({ people: [{ id: home, role: 'to' }], messages });
    await seed.conversation({ channel: 'whatsapp', people: [{ id: phone, role: 'from' }], messages });

    const record = await client.records.get.query({ recordId: '93' });

    expect(record).toMatchObject({
      recordId: '93',
      pipeline: 'contacts',
      title: 'Ana Lima',
      identifiers: [
        { kind: 'email', value: 'ana@lima.example', field: 'email' },
        { kind: 'phone', value: '+5511987654321', field: 'phone' },
      ],
      unreadable: [],
      conversationCount: { email: 2, whatsapp: 1, linkedin: 0 },
      lastActivityAt: '2026-11-02T00:00:00.000Z',
    });
    expect(record.participants.map((participant) => participant.id)).toEqual([home, work, phone]);
  });

  test('shows what a record merged into it brings, and what both have once', async () => {
    const { seed, client } = await service.tenant();
    const email = { kind: 'email' as const, value: 'ana@lima.example' };
    const old = { kind: 'email' as const, value: 'ana@old.example', sourceRecordId: '92' };
    await seed.record({ recordId: '93', identifiers: [email, old, { ...email, sourceRecordId: '92' }] });
    await seed.record({ recordId: '92', title: 'Ana', mergedInto: '93' });
    const shown = [
      { ...email, field: 'email' },
      { kind: 'email', value: 'ana@old.example', field: 'email' },
    ];
    expect((await client.records.get.query({ recordId: '93' })).identifiers).toEqual(shown);
    const { items } = await client.records.search.query({ query: 'ana' });
    expect(items).toMatchObject([{ recordId: '93', identifiers: shown }]);
  });

  test('does not show a record that was deleted', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93', isDeleted: true });
    await expect(client.records.get.query({ recordId: '93' })).rejects.toMatchObject({
      data: { httpStatus: 404, kith: { code: 'record_not_found', field: 'recordId' } },
    });
  });
});

const idsOf = (records: { recordId: string }[]): string[] => records.map((record) => record.recordId);
const find = async ({ client }: Tenant, query: string): Promise<string[]> =>
  idsOf((await client.records.search.query({ query })).items);

describe('records.search', () => {
  test('lists every record once over all pages, newest activity first, ties by id, none last', async () => {
    const { seed, client } = await service.tenant();
    const times = ['2026-11-03T00:00:00.000Z', '2026-11-02T00:00:00.000Z', null];
    const expected: string[] = [];
    for (const [group, lastActivityAt] of times.entries()) {
      for (const n of [1, 2, 3, 4, 5]) {
        expected.push(`${group}-${n}`);
        await seed.record({ recordId: `${group}-${n}`, lastActivityAt });
      }
    }
    await seed.record({ recordId: 'deleted', isDeleted: true });
    for (const limit of [1, 2, 4, 5, 100]) {
      const found = await readAllPages((cursor) => client.records.search.query({ limit, cursor }));
      expect(idsOf(found)).toEqual(expected);
    }
  });

  test('finds by exact id, and by the beginnings of words of the title and of identifiers', async () => {
    const tenant = await service.tenant();
    await tenant.seed.record({ recordId: '93', title: 'Ana LIMA' });
    await tenant.seed.record({ recordId: '935', identifiers: [{ kind: 'email', value: 'bo@x.example' }] });
    await tenant.seed.record({ recordId: '%', identifiers: [{ kind: 'phone', value: '+5511987654321' }] });
    expect(await find(tenant, '93')).toEqual(['93']);
    expect(await find(tenant, 'a lim')).toEqual(['93']);
    expect(await find(tenant, 'lima ana')).toEqual(['93']);
    expect(await find(tenant, 'BO@X')).toEqual(['935']);
    expect(await find(tenant, 'x.example')).toEqual(['935']);
    for (const digits of ['5511', '98765', '4321', '+55 (11) 98765', '11 98765-4321']) {
      expect(await find(tenant, digits)).toEqual(['%']);
    }
    expect(await find(tenant, '%')).toEqual(['%']);
    for (const query of ['nobody', 'bo lima', '_', '\\', "'", ':*', '!&|()<->']) {
      expect(await find(tenant, query)).toEqual([]);
    }
  });

  test('lists what a common word and a rare one find, once and in the order of the list, on every page size', async () => {
    const { seed, client } = await service.tenant();
    const times = ['2026-11-03T00:00:00.000Z', null];
    const expected: string[] = [];
    for (const [group, lastActivityAt] of times.entries()) {
      for (const n of [1, 2, 3, 4]) {
        const recordId = `${group}-${n}`;
        await seed.record({ recordId, title: `Lima ${n}`, lastActivityAt });
        expected.push(recordId);
      }
    }
    for (const [query, ids] of [
      ['lim', expected],
      ['lima 3', ['0-3', '1-3']],
    ] as const) {
      for (const limit of [1, 3, 100]) {
        const found = await readAllPages((cursor) => client.records.search.query({ query, limit, cursor }));
        expect(idsOf(found)).toEqual(ids);
      }
    }
  });
});
