/*
 * Invariant 2 over replays, on the built services: what could not be stored is taken up again when it can be, the
 * accounting adds up all the while, and nothing that was accepted is counted twice, also when services are killed.
 */
import { join } from 'node:path';
import { runScript } from '@kith/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, mail, outcomeOf, post } from './mail-desk.ts';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

const program = join(import.meta.dirname, '../dist/main.js');

let stack: WholeStack;
beforeAll(async () => {
  stack = await startWholeStack({ demo: false });
  await connect(stack, 'desk');
});
afterAll(() => stack[Symbol.asyncDispose]());

const kith = (...args: string[]) => stack.run('node', [program, ...args]);
const accounting = () => stack.kith.read.deliveries.accounting.query();
const letters = async () => (await stack.kith.read.deliveries.deadLetters.query({})).items;

const alter = (statement: string) => runScript(stack.local.databaseUrl, statement);

/** Watches the sum until stopped; answers every accounting that did not add up, or counted more than was accepted. */
function watchSum(accepted: number) {
  const wrong: object[] = [];
  const ending = new AbortController();
  const watching = (async () => {
    while (!ending.signal.aborted) {
      const now = await accounting().catch(() => null);
      if (now === null) continue;
      const { stored, duplicate, ignored, deadLettered, pending } = now;
      const sum = stored + duplicate + ignored + deadLettered + pending;
      if (now.accepted !== accepted || sum !== accepted) wrong.push(now);
    }
  })();
  return async () => {
    ending.abort();
    await watching;
    return wrong;
  };
}

test('what Postgres refused is stored when it is replayed, once, whoever is killed meanwhile', async () => {
  await alter(`alter table message add constraint no_refused_mail check (text not like '%refused%')`);
  const refused = Array.from({ length: 12 }, (_, index) => `refused-${index}`);
  const ids: (string | undefined)[] = [];
  for (const id of refused)
    ids.push((await post(stack, 'desk', mail(id, {}, `${id} is refused`))).deliveryId);
  for (const id of ids) expect(await outcomeOf(stack, id)).toBe('dead_lettered write_failed');
  const { output } = await kith('dead-letters', 'list', '--account', 'desk', '--reason', 'write_failed');
  expect(output.match(/write_failed/g)).toHaveLength(12);
  expect(output).toContain('no_refused_mail');

  const stop = watchSum(12);
  const [first] = await letters();
  expect(await kith('dead-letters', 'replay', first?.id ?? '')).toMatchObject({ code: 0 });
  await alter('alter table message drop constraint no_refused_mail');
  const answer = await kith('dead-letters', 'replay', '--all');
  expect(answer, answer.output).toMatchObject({ code: 0 });
  await stack.kill('ingest-email');
  await stack.kith.write.deadLetters.replay.mutate({ accountId: 'desk' });
  await stack.kill('resolver');
  await expect.poll(letters, { timeout: 60_000, interval: 100 }).toEqual([]);
  expect(await stop()).toEqual([]);
  expect(await accounting()).toMatchObject({
    accepted: 12,
    stored: 12,
    deadLettered: 0,
    deadLetteredByReason: {},
  });
  for (const id of ids) expect(await outcomeOf(stack, id)).toBe('stored');
  const { code, output: checks } = await kith('verify', '--all');
  expect(code, checks).toBe(0);
}, 240_000);

test('what cannot be read today either stays, with today’s reason', async () => {
  const { deliveryId } = await post(stack, 'desk', Buffer.from([0, 1, 2, 3]));
  expect(await outcomeOf(stack, deliveryId)).toMatch(/^dead_lettered not_a_message/);
  const before = await letters();
  const { output } = await kith('dead-letters', 'replay', '--reason', 'not_a_message');
  expect(output).toContain('1 are read again.');
  await expect
    .poll(
      async () =>
        (await stack.kith.read.deliveries.outcomes.query({ deliveryIds: [deliveryId ?? ''] })).items[0],
    )
    .toMatchObject({ outcomes: [{ outcome: 'dead_lettered', reason: 'not_a_message' }] });
  expect(await letters()).toEqual(before);
});

test('an account that is disconnected is answered 404, keeps what it sent outbound, and comes back', async () => {
  await stack.kith.write.accounts.upsert.mutate({
    accountId: 'leaving',
    channel: 'email',
    provider: 'mime',
    identifiers: ['us@leaving.example'],
    secrets: { token: 'a-token-for-tests' },
  });
  const sent = { From: 'us@leaving.example', To: 'ana@lima.example' };
  const { deliveryId = '' } = await post(stack, 'leaving', mail('sent', sent));
  expect(await outcomeOf(stack, deliveryId)).toBe('stored');
  expect((await kith('accounts', 'delete', 'leaving')).output).toContain('Disconnected leaving.');
  const status = async () => (await post(stack, 'leaving', mail('late', sent))).status;
  await expect.poll(status, { timeout: 10_000 }).toBe(404);
  const accounts = await stack.kith.read.accounts.list.query();
  expect(accounts.items.map(({ accountId }) => accountId)).toEqual(['desk']);
  const { items } = await stack.kith.read.deliveries.outcomes.query({ deliveryIds: [deliveryId] });
  const messageIds = [items[0]?.outcomes?.[0]?.messageId ?? ''];
  const messages = await stack.kith.read.messages.get.query({ messageIds });
  expect(messages.items).toMatchObject([{ direction: 'outbound' }]);
  await connect(stack, 'leaving');
  expect(await status()).toBe(200);
});
