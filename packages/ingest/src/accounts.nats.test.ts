import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tinyAccount as account, tinyProvider } from '../test/tiny-provider.ts';
import { startTestIngest, type TestIngest } from './testing/test-ingest.ts';

describe('the accounts of an ingest service', () => {
  let ingest: TestIngest;
  beforeEach(async () => {
    ingest = await startTestIngest({ channel: 'email', providers: [tinyProvider] });
  });
  afterEach(() => ingest[Symbol.asyncDispose]());

  const post = (body: string, options: { account?: string; password?: string } = {}) =>
    fetch(`${ingest.url}/webhooks/postmark/${options.account ?? 'support'}`, {
      method: 'POST',
      headers: { 'x-password': options.password ?? 'right', 'content-type': 'text/plain' },
      body,
    });

  test('have one that was connected a moment ago', async () => {
    for (let round = 0; round < 5; round += 1) {
      const accountId = `account-${round}`;
      await ingest.connectAccount({ ...account, accountId });
      expect((await post('hello', { account: accountId })).status).toBe(200);
    }
  });

  test('take a secret that was changed a moment ago, and no longer the one before', async () => {
    await ingest.connectAccount(account);
    expect((await post('hello')).status).toBe(200);
    await ingest.connectAccount({ ...account, secrets: { username: 'kith', password: 'new' } });
    expect((await post('hello', { password: 'new' })).status).toBe(200);
    expect((await post('hello')).status).toBe(401);
  });

  test('are 404 once deleted', async () => {
    await ingest.connectAccount(account);
    expect((await post('hello')).status).toBe(200);
    await ingest.connectAccount({ ...account, deleted: true });
    await expect.poll(async () => (await post('hello')).status).toBe(404);
  });

  test('of one id in two workspaces are told apart by their secret', async () => {
    await ingest.connectAccount(account);
    const theirs = { username: 'kith', password: 'theirs' };
    await ingest.connectAccount({ ...account, workspace: 'globex', secrets: theirs });
    expect((await post('hello', { password: 'theirs' })).status).toBe(200);
    expect((await post('hello')).status).toBe(200);
    const deliveries = await ingest.deliveries();
    expect(deliveries.map(({ workspace }) => workspace).toSorted()).toEqual(['acme', 'globex']);
    for (const { workspace, raw } of deliveries) expect(raw.key.split('/')[0]).toBe(workspace);
  });

  test('of one id and one secret are never guessed between', async () => {
    await ingest.connectAccount(account);
    await ingest.connectAccount({ ...account, workspace: 'globex' });
    await expect.poll(async () => (await post('hello')).status).toBe(503);
    const response = await post('hello');
    expect(await response.json()).toMatchObject({ error: 'account_not_unique' });
  });

  test('can be guessed at: a hundred guesses share a few looks at NATS', async () => {
    const began = performance.now();
    const guesses = Array.from({ length: 100 }, (_, i) => post('x', { account: `guess-${i}` }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([404]));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
