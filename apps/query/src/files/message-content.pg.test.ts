import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../../test/query-service.ts';
import type { SeededMessage } from '../../test/seed.ts';

let service: QueryService;
let tenant: Tenant;
let ana: string;
beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  ana = await tenant.seed.participant({ identifier: 'ana@lima.example', displayName: 'Ana' });
});
afterAll(() => service[Symbol.asyncDispose]());

const mebibyte = 1024 * 1024;

/** What is told of a message of Ana's. */
async function contentOf(message: Partial<SeededMessage> & { html?: string }) {
  const { html, ...rest } = message;
  const blob = html === undefined ? {} : { htmlBlob: await keep(html) };
  const { messageIds } = await tenant.seed.conversation({
    people: [{ id: ana, role: 'from' }],
    messages: [{ sentAt: '2026-11-01T00:00:00.000Z', senderId: ana, ...blob, ...rest }],
  });
  return tenant.client.messages.content.query({ messageId: messageIds[0] ?? '' });
}

const keep = async (text: string): Promise<string> =>
  (await service.blobs.put(tenant.seed.workspace, Buffer.from(text))).key;

test('a message shows the HTML that its sender wrote, as it is, and whom it names', async () => {
  const html = '<p onclick="x()">Grüße 😀</p>';
  expect(await contentOf({ html, senderName: 'Ana L.' })).toEqual({
    messageId: expect.any(String) as string,
    html,
    htmlCut: false,
    people: [{ role: 'from', participantId: ana, identifier: 'ana@lima.example', displayName: 'Ana L.' }],
  });
});

test('a message without HTML shows none, and one whose HTML is not kept any more', async () => {
  expect(await contentOf({})).toMatchObject({ html: null, htmlCut: false });
  const gone = `${tenant.seed.workspace}/ab/ab${'0'.repeat(62)}`;
  expect(await contentOf({ htmlBlob: gone })).toMatchObject({ html: null, people: [{ participantId: ana }] });
});

test('a message that was taken back or edited shows no HTML', async () => {
  expect(await contentOf({ html: '<p>secret</p>', isDeleted: true })).toMatchObject({ html: null });
  expect(await contentOf({ html: '<p>Helo</p>', editedText: 'Hello' })).toMatchObject({ html: null });
});

test('two MiB of HTML are told, to the last whole character', async () => {
  const whole = 'x'.repeat(2 * mebibyte);
  expect(await contentOf({ html: whole })).toMatchObject({ html: whole, htmlCut: false });
  const begins = 'x'.repeat(2 * mebibyte - 1);
  expect(await contentOf({ html: `${begins}ü and more` })).toMatchObject({ html: begins, htmlCut: true });
});

test.each(['x', randomUUID()])('a message that is not there is not found (%s)', async (messageId) => {
  await expect(tenant.client.messages.content.query({ messageId })).rejects.toMatchObject({
    data: { httpStatus: 404, kith: { code: 'message_not_found', field: 'messageId' } },
  });
});
