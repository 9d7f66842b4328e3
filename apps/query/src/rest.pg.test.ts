/*
 * The REST side of the reads: every route answers what the published document says, with rows of everything, and so
 * does every error that a caller can bring about.
 */
import { openRestContract, type RestContract } from '@kith/service/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
let tenant: Tenant;
let contract: RestContract;
const at = '2026-11-01T00:00:00.000Z';
const conversationId = '0b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
const participantId = '1b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
const deliveryId = '2b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
const messageId = '3b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
const attachmentId = 'ab1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
const syncId = '9b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
/** A CRM's id that needs encoding in a path. */
const recordId = 'lead/93 ü%';

beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  contract = await openRestContract(service.url);
  await seedSomeOfEverything();
});
afterAll(() => service[Symbol.asyncDispose]());

async function seedSomeOfEverything(): Promise<void> {
  const { seed } = tenant;
  const shared = { kind: 'email' as const, value: 'ana@lima.example' };
  await seed.record({ recordId, title: 'Ana', identifiers: [shared], lastActivityAt: at });
  await seed.record({ recordId: '94', identifiers: [shared] });
  await seed.record({ recordId: '92', mergedInto: '94' });
  await seed.participant({ id: participantId, identifier: shared.value, displayName: 'Ana', recordId });
  await seed.participant({ identifier: 'bo@x.example', status: 'ambiguous', candidates: [recordId, '94'] });
  await seed.linkEvent({ participantId, action: 'linked', reason: 'webhook', recordId, confidence: 0.95 });
  await seed.conversation({
    id: conversationId,
    subject: 'Offer',
    people: [{ id: participantId, role: 'from' }],
    messages: [
      {
        id: messageId,
        sentAt: at,
        senderId: participantId,
        attachments: [{ id: attachmentId, name: 'a.pdf', size: 3 }],
      },
      { sentAt: '2026-11-02T00:00:00.000Z', inReplyTo: messageId, status: 'read', marks: ['bulk'] },
    ],
  });
  await seed.delivery({ id: deliveryId, seq: 1, outcomes: [{ outcome: 'stored', messageId }] });
  await seed.count('accepted', '', 2);
  await seed.count('stored', '', 1);
  await seed.count('dead_lettered', 'parse_failed', 1);
  await seed.deadLetter(at);
  await seed.account('mail');
  await seed.pipeline('contacts', [{ key: 'email', type: 'email' }], 'FR');
  await seed.team('domain', 'acme.example');
  await seed.sync({ syncId, recordId, accountId: 'mail', stored: 1 });
}

/** What each operation is asked, and a part of what it has to answer. */
const asks: Record<string, { input?: Record<string, unknown>; answer: unknown }> = {
  'records.get': { input: { recordId }, answer: { recordId, title: 'Ana' } },
  'records.search': { input: { query: 'Ana', limit: 1 }, answer: { items: [{ recordId }] } },
  'records.conversations': {
    input: { recordId, channels: ['email'], limit: 1 },
    answer: { items: [{ id: conversationId }] },
  },
  'records.timeline': {
    input: {
      recordId,
      channels: ['email', 'whatsapp'],
      limit: 2,
      participantIds: [participantId],
      after: at,
      before: '2026-12-01T00:00:00.000Z',
      order: 'oldest',
    },
    answer: { items: [{ id: messageId }, { status: 'read' }] },
  },
  'records.participants': { input: { recordId }, answer: { items: [{ id: participantId }] } },
  'records.activityPosition': { input: { recordId }, answer: { lastEventId: '0' } },
  'conversations.get': { input: { conversationId }, answer: { id: conversationId, messageCount: 2 } },
  'conversations.byIds': {
    input: { conversationIds: [conversationId] },
    answer: { items: [{ id: conversationId }] },
  },
  'conversations.messages': { input: { conversationId, limit: 1 }, answer: { items: [{ status: 'read' }] } },
  'messages.get': { input: { messageIds: [messageId] }, answer: { items: [{ id: messageId }] } },
  'messages.content': { input: { messageId }, answer: { messageId, html: null, people: [{ role: 'from' }] } },
  'attachments.links': { input: { attachmentIds: [attachmentId] }, answer: { items: [{ attachmentId }] } },
  'messages.search': {
    input: { query: 'Ana', recordId, channels: ['email'] },
    answer: { items: [{ message: { conversationId } }] },
  },
  'workspace.eventPosition': { answer: { lastEventId: '0' } },
  'participants.get': { input: { participantId }, answer: { id: participantId, conversationCount: 1 } },
  'participants.explain': { input: { participantId }, answer: { history: [{ action: 'linked' }] } },
  'participants.search': {
    input: { query: 'ana', status: 'linked' },
    answer: { items: [{ id: participantId }] },
  },
  'review.list': { input: { reasons: ['ambiguous'] }, answer: { items: [{ reason: 'ambiguous' }] } },
  'deliveries.accounting': { answer: { accepted: 2, deadLetteredByReason: { parse_failed: 1 } } },
  'deliveries.accountingByAccount': { answer: { items: [{ accountId: 'mail', accepted: 2 }] } },
  'deliveries.outcomes': {
    input: { deliveryIds: [deliveryId] },
    answer: { items: [{ outcomes: [{ messageId }] }] },
  },
  'deliveries.deadLetters': {
    input: { accountId: 'mail', limit: 1 },
    answer: { items: [{ reason: 'parse_failed' }] },
  },
  'accounts.list': { answer: { items: [{ accountId: 'mail' }] } },
  'sync.status': { input: { syncId }, answer: { syncId, recordId } },
  'sync.list': { input: { recordId }, answer: { items: [{ syncId }] } },
  'team.get': { answer: { domains: ['acme.example'] } },
  'stats.overview': { answer: { records: 2, messages: { email: 2 }, review: 1 } },
  'stats.messages': { input: { days: 1 }, answer: { items: [{ linkedin: 0 }] } },
  'history.list': { input: { by: 'anyone' }, answer: { items: [{ action: 'linked', recordTitle: 'Ana' }] } },
  'pipelines.list': { answer: { items: [{ pipeline: 'contacts', defaultCountry: 'FR' }] } },
  'workspace.verify': { input: { recordId }, answer: { progress: 1 } },
};

describe('every route', () => {
  test.each(Object.entries(asks))(
    '%s answers what the document says',
    async (procedure, { input, answer }) => {
      const { status, body } = await contract.call(procedure, { apiKey: tenant.apiKey, input: input ?? {} });
      expect({ status, body }).toMatchObject({ status: 200, body: answer });
    },
  );

  test('records.onActivity streams what happens, and goes on after the last event seen', async () => {
    const { lastEventId } = await tenant.client.records.activityPosition.query({ recordId });
    const tell = (id: string) =>
      service.publish(tenant.seed.workspace, 'record.activity', {
        recordId,
        reason: 'message',
        messageId: id,
      });
    const first = await tell('m1');
    const second = await tell('m2');
    const read = async (headers: Record<string, string>, until: string) => {
      const input = { recordId, lastEventId };
      const { response } = await contract.call('records.onActivity', {
        apiKey: tenant.apiKey,
        input,
        headers,
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      return readUntil(response, until);
    };
    expect(await read({}, '"m2"')).toMatch(
      new RegExp(`^: open\\n\\nid: ${first}\\ndata: {.*"m1".*}\\n\\nid: ${second}\\ndata: {.*"m2".*}\\n\\n$`),
    );
    // A browser connects again with the same URL, and says by the header how far it came.
    const again = await read({ 'last-event-id': String(first) }, '"m2"');
    expect(again).not.toContain('m1');
    const ahead = { apiKey: tenant.apiKey, input: { recordId }, headers: { 'last-event-id': '999999' } };
    expect(await contract.call('records.onActivity', ahead)).toMatchObject({
      status: 400,
      body: { code: 'bad_input', field: 'lastEventId' },
    });
  });

  test('workspace.onEvent streams the events of the types that are asked for', async () => {
    const { lastEventId } = await tenant.client.workspace.eventPosition.query();
    const { workspace } = tenant.seed;
    await service.publish(workspace, 'record.upserted', { recordId });
    await service.publish(workspace, 'participant.unlinked', { participantId, recordId });
    const { response } = await contract.call('workspace.onEvent', {
      apiKey: tenant.apiKey,
      input: { types: ['participant.unlinked'], lastEventId },
    });
    const read = await readUntil(response, 'participant.unlinked');
    expect(read).toContain(participantId);
    expect(read).not.toContain('record.upserted');
  });

  test('is called above, so that none is without a test', () => {
    expect(contract.uncalled()).toEqual([]);
  });
});

describe('every error has the same body', () => {
  const raw = async (path: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const headers = { authorization: `Bearer ${tenant.apiKey}`, ...init.headers };
    const response = await fetch(`${service.url}${path}`, { ...init, headers });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const json = { 'content-type': 'application/json' };

  test.each([
    ['no record', 'records.get', { recordId: 'none' }, 404, 'record_not_found', 'recordId'],
    ['a merged record', 'records.timeline', { recordId: '92' }, 409, 'record_merged', 'recordId'],
    [
      'no conversation',
      'conversations.get',
      { conversationId: 'x' },
      404,
      'conversation_not_found',
      'conversationId',
    ],
    [
      'no participant',
      'participants.explain',
      { participantId: 'x' },
      404,
      'participant_not_found',
      'participantId',
    ],
    ['no sync', 'sync.status', { syncId: 'x' }, 404, 'sync_not_found', 'syncId'],
    ['a number that is none', 'records.timeline', { recordId, limit: 'many' }, 400, 'bad_input', 'limit'],
    [
      'a channel that is none',
      'records.timeline',
      { recordId, channels: ['fax'] },
      400,
      'bad_input',
      'channels.0',
    ],
    ['a cursor of another list', 'records.search', { cursor: 'x' }, 400, 'bad_input', 'cursor'],
    ['an unknown field', 'records.search', { querry: 'x' }, 400, 'bad_input', 'querry'],
    [
      'a stream of no record',
      'records.onActivity',
      { recordId: 'none' },
      404,
      'record_not_found',
      'recordId',
    ],
  ])('%s', async (_, procedure, input, status, code, field) => {
    const answer = await contract.call(procedure, { apiKey: tenant.apiKey, input });
    expect(answer).toMatchObject({ status, body: { code, field, requestId: expect.any(String) as string } });
  });

  test('no key, also where the body is spoilt', async () => {
    for (const procedure of ['records.get', 'records.search']) {
      const { status, body, response } = await contract.call(procedure, {
        apiKey: null,
        input: { recordId },
        ...(procedure === 'records.search' ? { body: '{' } : {}),
      });
      expect([status, (body as { code: string }).code]).toEqual([401, 'unauthorized']);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('a body that is spoilt, of another type, of no object, or too large', async () => {
    const search = (body: string, type = 'application/json') =>
      contract.call('records.search', { apiKey: tenant.apiKey, body, headers: { 'content-type': type } });
    expect(await search('{')).toMatchObject({ status: 400, body: { code: 'bad_input', field: 'body' } });
    expect(await search('[]')).toMatchObject({ status: 400, body: { code: 'bad_input', field: 'body' } });
    expect(await search('query=Ana', 'text/plain')).toMatchObject({
      status: 415,
      body: { code: 'not_json' },
    });
    expect(await search(`"${'x'.repeat(16 * 1024 * 1024)}"`)).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
  });

  test('a query string that names what is unknown, is named twice, or belongs elsewhere', async () => {
    const timeline = `/v1/records/${encodeURIComponent(recordId)}/timeline`;
    for (const [path, init, field] of [
      [`${timeline}?chanels=email`, {}, 'chanels'],
      [`${timeline}?limit=1&limit=2`, {}, 'limit'],
      [`${timeline}?recordId=94`, {}, 'recordId'],
      ['/v1/records/search?limit=1', { method: 'POST' }, 'limit'],
    ] as const) {
      expect(await raw(path, init)).toMatchObject({ status: 400, body: { code: 'bad_input', field } });
    }
  });

  test('a path that is not there, and a method that a path does not have', async () => {
    expect(await raw('/v1/nowhere')).toMatchObject({
      status: 404,
      body: { code: 'path_not_found', field: null },
    });
    const wrong = await raw('/v1/records/search', { method: 'DELETE', headers: json });
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(wrong.headers.get('allow')?.split(', ').toSorted()).toEqual(['GET', 'POST']);
  });

  test('a page of another origin may ask, and may read what it is told', async () => {
    const headers = { origin: 'https://crm.example', 'access-control-request-method': 'PUT' };
    const preflight = await fetch(`${service.url}/v1/records/93`, { method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    expect((await raw('/v1/nowhere', { headers })).headers.get('access-control-allow-origin')).toBe('*');
  });
});

/** Reads a stream until a text came, and leaves it. */
async function readUntil(response: Response, end: string): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes(end)) text += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  return text;
}
