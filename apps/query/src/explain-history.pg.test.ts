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
  await seed.record({ recordId: '93', title: 'Ana Lima' });
  await seed.record({ recordId: '94', title: 'Bo Lima' });
}

describe('the history', () => {
  test('is newest first, with titles also of deleted records, names of keys, and what was undone', async () => {
    const tenant = await service.tenant();
    await seedRecords(tenant);
    await tenant.seed.record({ recordId: '95', title: 'Gone', isDeleted: true });
    const id = await tenant.seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    const other = await tenant.seed.participant({ identifier: 'bo@lima.example' });
    const first = await tenant.seed.linkEvent({
      participantId: id,
      action: 'linked',
      reason: 'webhook',
      recordId: '95',
      method: 'email_webhook',
      confidence: 0.95,
      evidence: [{ recordId: '95', kind: 'email', value: 'ana@lima.example', field: 'email', isClue: false }],
      at: march(1),
    });
    await tenant.seed.linkEvent({
      participantId: other,
      action: 'linked',
      reason: 'webhook',
      recordId: '94',
    });
    await tenant.seed.linkEvent({ participantId: null, action: 'merged', reason: 'person', recordId: '94' });
    const second = await tenant.seed.linkEvent({
      participantId: id,
      action: 'unlinked',
      reason: 'undo',
      actor: `key:${tenant.keyId}`,
      previousRecordId: '95',
      undoes: first,
      at: march(2),
    });
    const third = await tenant.seed.linkEvent({
      participantId: id,
      action: 'linked',
      reason: 'record_changed',
      recordId: '93',
      method: 'record_identifier_match',
      confidence: 0.95,
      evidence: 'what an older version wrote',
      causedBy: second,
      at: march(3),
    });
    expect((await explain(tenant, id)).history).toEqual([
      {
        eventId: String(third),
        at: march(3),
        actor: 'rule',
        action: 'linked',
        reason: 'record_changed',
        recordId: '93',
        previousRecordId: null,
        method: 'record_identifier_match',
        confidence: 0.95,
        undone: false,
        undoes: null,
        causedBy: String(second),
        text:
          'Kith linked it to Ana Lima (93) with confidence 0.95 when a record changed: the record gained an ' +
          'identifier that it has.',
      },
      {
        eventId: String(second),
        at: march(2),
        actor: `key:${tenant.keyId}`,
        action: 'unlinked',
        reason: 'undo',
        recordId: null,
        previousRecordId: '95',
        method: null,
        confidence: null,
        undone: false,
        undoes: String(first),
        causedBy: null,
        text: 'A person unlinked it from Gone (95) by undoing an earlier change, through "CRM".',
      },
      {
        eventId: String(first),
        at: march(1),
        actor: 'rule',
        action: 'linked',
        reason: 'webhook',
        recordId: '95',
        previousRecordId: null,
        method: 'email_webhook',
        confidence: 0.95,
        undone: true,
        undoes: null,
        causedBy: null,
        text:
          'Kith linked it to Gone (95) with confidence 0.95 when a message arrived: the email address ' +
          'ana@lima.example is in its field "email".',
      },
    ]);
  });

  test('names the record that a person ruled out', async () => {
    const tenant = await service.tenant();
    await seedRecords(tenant);
    const id = await tenant.seed.participant({ identifier: 'x@lima.example' });
    const before = { link: {}, decisions: [{ recordId: '94', stored: null }] };
    await tenant.seed.linkEvent({ participantId: id, action: 'rejected', reason: 'person', before });
    const { history } = await explain(tenant, id);
    expect(history[0]?.text).toBe('A person said that it is not Bo Lima (94); no rule links them.');
  });

  test('is at most the newest two hundred entries, of all that it is made of', async () => {
    const tenant = await service.tenant();
    const live = await tenant.seed.participant({ identifier: 'ana@lima.example' });
    const merged = await tenant.seed.participant({ identifier: 'a@lima.example', mergedInto: live });
    const entries: string[] = [];
    for (let n = 0; n < 420; n += 1) {
      const participantId = n % 2 === 0 ? live : merged;
      entries.unshift(
        String(await tenant.seed.linkEvent({ participantId, action: 'unlinked', reason: 'webhook' })),
      );
    }
    const { history } = await explain(tenant, live);
    expect(history.map(({ eventId }) => eventId)).toEqual(entries.slice(0, 200));
  });
});

describe('a participant that was merged into another', () => {
  test('is explained as what it became, with what was said of both', async () => {
    const tenant = await service.tenant();
    await seedRecords(tenant);
    const live = await tenant.seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    const merged = await tenant.seed.participant({ identifier: 'a@lima.example', mergedInto: live });
    await tenant.seed.decision({ participantId: merged, recordId: '94', verdict: 'is_not' });
    await tenant.seed.linkEvent({
      participantId: merged,
      action: 'rejected',
      reason: 'person',
      previousRecordId: '94',
    });
    await tenant.seed.linkEvent({ participantId: live, action: 'merged', reason: 'participants_merged' });
    const explanation = await explain(tenant, merged);
    expect(explanation).toEqual(await explain(tenant, live));
    expect(explanation).toMatchObject({
      participantId: live,
      status: 'linked',
      recordId: '93',
      rejected: [{ recordId: '94', title: 'Bo Lima' }],
    });
    expect(explanation.history.map(({ text }) => text)).toEqual([
      'Kith found that another participant is the same one.',
      'A person said that it is not Bo Lima (94); no rule links them. This was a@lima.example before they merged.',
    ]);
  });
});
