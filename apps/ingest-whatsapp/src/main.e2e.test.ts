import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { type AccountState, accountSubject, Delivery, inboundStream, inboundSubject } from '@kith/contracts';
import { describeIngestProcess, processSecretKey, startIngestProcess } from '@kith/ingest/testing';
import { createLog, createSecretBox } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { expect, test } from 'vitest';
import { fixturesOf } from '../test/bodies.ts';
import { openPlatform } from '../test/platform.ts';

const main = new URL('../dist/main.js', import.meta.url);
const log = createLog({ name: 'test', level: 'silent' });
const deadline = { timeout: 20_000 };

const connect = async (bus: Bus, secrets: object): Promise<void> => {
  const state: AccountState = {
    version: 1,
    workspace: 'acme',
    accountId: 'support',
    channel: 'whatsapp',
    provider: 'meta',
    sealedSecrets: createSecretBox(processSecretKey).seal('acme/support', secrets),
    settings: {},
    deleted: false,
  };
  await bus.publish(accountSubject('acme', 'support'), Buffer.from(JSON.stringify(state)), {
    messageId: randomUUID(),
  });
};

describeIngestProcess({ main, provider: 'meta' });

test('answers the handshake, keeps a webhook, fetches its file, and ends without a trace of secrets', async () => {
  await using nats = await startTestNats();
  await using bus = await openBus({ url: nats.url, name: 'test', log });
  await declareTestStreams(bus);
  await using platform = await openPlatform({
    '/v23.0/910': { body: '{"url":"{url}/file"}' },
    '/file': { type: 'image/jpeg', body: 'the bytes' },
  });
  const secrets = {
    appSecret: 'app-secret',
    verifyToken: 'verify-token',
    accessToken: 'access-token',
    baseUrl: platform.url,
  };
  await connect(bus, secrets);
  const dir = await mkdtemp(join(tmpdir(), 'kith-ingest-whatsapp-'));
  await using ingest = startIngestProcess(main, {
    NATS_URL: nats.url,
    KITH_SECRET_KEY: processSecretKey,
    KITH_BLOB_DIR: dir,
    KITH_EGRESS_ALLOW: new URL(platform.url).host,
  });
  const webhook = `${await ingest.url()}/webhooks/meta/support`;
  const asked = 'hub.mode=subscribe&hub.verify_token=verify-token&hub.challenge=42';
  const handshake = await fetch(`${webhook}?${asked}`);
  expect([handshake.status, await handshake.text()]).toEqual([200, '42']);

  const body = fixturesOf('meta').get('image') ?? Buffer.alloc(0);
  const signature = createHmac('sha256', secrets.appSecret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  expect((await fetch(webhook, { method: 'POST', body, headers })).status).toBe(200);

  const deliveries: Delivery[] = [];
  const following = new AbortController();
  bus.follow({
    stream: inboundStream,
    subject: inboundSubject('whatsapp', 'acme'),
    signal: following.signal,
    onMessage: ({ payload }) => {
      deliveries.push(Delivery.parse(JSON.parse(Buffer.from(payload).toString('utf8'))));
    },
  });
  await expect.poll(() => deliveries.flatMap(({ items }) => items).length, deadline).toBe(2);
  following.abort();
  expect(deliveries.flatMap(({ items }) => items)).toMatchObject([
    { kind: 'message', text: 'The front door', attachments: [{ blob: null, media: { key: 'meta:910' } }] },
    { kind: 'media', key: 'meta:910', result: { blob: { size: 9 }, type: 'image/jpeg' } },
  ]);
  expect(platform.asked).toEqual(['/v23.0/910 Bearer access-token', '/file Bearer access-token']);

  ingest.child.kill('SIGTERM');
  expect(await ingest.ended()).toEqual([0, null]);
  for (const secret of [processSecretKey, secrets.appSecret, secrets.verifyToken, secrets.accessToken]) {
    expect(ingest.output()).not.toContain(secret);
  }
  expect(ingest.output()).not.toContain('5511987654321');
  await rm(dir, { recursive: true, force: true });
});
