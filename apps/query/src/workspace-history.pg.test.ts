import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

/** What may happen in a workspace: Ana linked by a rule and unlinked by a person, records written and merged. */
async function seedHistory({ seed, keyId }: Tenant) {
  await seed.record({ recordId: '93', title: 'Ana Lima' });
  await seed.record({ recordId: '94', title: 'Bo Lima' });
  const ana = await seed.participant({ identifier: 'ana@lima.example', displayName: 'Ana' });
  const merged = await seed.participant({ identifier: 'a@lima.example', mergedInto: ana });
  const actor = `key:${keyId}`;
  const linked = await seed.linkEvent({
    participantId: ana,
    action: 'linked',
    reason: 'webhook',
    recordId: '93',
  });
  const unlinked = await seed.linkEvent({
    participantId: merged,
    actor,
    action: 'unlinked',
    reason: 'person',
    previousRecordId: '93',
  });
  const written = await seed.linkEvent({
    participantId: ana,
    actor,
    action: 'linked',
    reason: 'record_changed',
    recordId: '94',
  });
  const records = { participantId: null, actor, recordId: '93', previousRecordId: '94' };
  const joined = await seed.linkEvent({ ...records, action: 'merged', reason: 'person' });
  const followed = await seed.linkEvent({
    participantId: ana,
    actor,
    action: 'linked',
    reason: 'records_merged',
    recordId: '93',
    previousRecordId: '94',
    causedBy: joined,
  });
  const parted = await seed.linkEvent({ ...records, action: 'split', reason: 'undo', undoes: joined });
  return { ana, merged, linked, unlinked, written, joined, followed, parted };
}

describe('history.list', () => {
  test('is what people decided, newest first, of whom it is now, and whether it was taken back', async () => {
    const tenant = await service.tenant();
    const { ana, unlinked, joined, parted } = await seedHistory(tenant);
    const { items, nextCursor } = await tenant.client.history.list.query();
    expect(nextCursor).toBeNull();
    expect(items.map(({ eventId }) => eventId)).toEqual([parted, joined, unlinked].map(String));
    expect(items).toMatchObject([
      {
        participant: null,
        recordTitle: 'Ana Lima',
        undoes: String(joined),
        text: 'A person separated Bo Lima (94) from Ana Lima (93) by undoing an earlier change, through "CRM".',
      },
      { undone: true, text: 'A person merged Bo Lima (94) into Ana Lima (93), through "CRM".' },
      {
        participant: { id: ana, channel: 'email', identifier: 'ana@lima.example', displayName: 'Ana' },
        recordTitle: 'Ana Lima',
        undone: false,
        text:
          'A person unlinked it from Ana Lima (93), through "CRM"; no rule links them again. ' +
          'This was a@lima.example before they merged.',
      },
    ]);
  });

  test('is by anyone where asked, and says of a participant what its explanation says', async () => {
    const tenant = await service.tenant();
    const { ana, joined, parted } = await seedHistory(tenant);
    const all = (await tenant.client.history.list.query({ by: 'anyone' })).items;
    const { history } = await tenant.client.participants.explain.query({ participantId: ana });
    const ofAna = all.filter(({ participant }) => participant?.id === ana);
    expect(ofAna).toMatchObject(history);
    const others = all.filter(({ participant }) => participant === null);
    expect(others.map(({ eventId }) => eventId)).toEqual([parted, joined].map(String));
  });

  test('pages through all of it without loss, and hears nothing of other workspaces', async () => {
    const tenant = await service.tenant();
    const expected: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      await seedHistory(await service.tenant());
      const participantId = await tenant.seed.participant({ identifier: `p${round}@lima.example` });
      for (const reason of ['person', 'webhook', 'undo'] as const) {
        expected.unshift(String(await tenant.seed.linkEvent({ participantId, action: 'unlinked', reason })));
      }
    }
    for (const limit of [1, 2, 9, 100]) {
      const found = await readAllPages((cursor) =>
        tenant.client.history.list.query({ by: 'anyone', limit, cursor }),
      );
      expect(found.map(({ eventId }) => eventId)).toEqual(expected);
    }
    const byPeople = await readAllPages((cursor) => tenant.client.history.list.query({ limit: 2, cursor }));
    expect(byPeople.map(({ eventId }) => eventId)).toEqual(expected.filter((_, n) => n % 3 !== 1));
  });
});
