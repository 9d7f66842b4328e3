import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bus, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { type AccountState, accountSubject, Delivery, inboundStream, inboundSubject } from '@kith/contracts';
import { createLog, createSecretBox } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { fixturesOf } from '../test/bodies.ts';
import { openPlatform } from '../test/platform.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const log = createLog({ name: 'test', level: 'silent' });
const secretKey = Buffer.alloc(32, 'k').toString('base64');
const deadline = { timeout: 20_000 };

const connect = async (bus: Bus, secrets: object): Promise<void> => {
  const state: AccountState = {
    version: 1,
    workspace: 'acme',
    accountId: 'support',
    channel: 'whatsapp',
    provider: 'meta',
    sealedSecrets: createSecretBox(secretKey).seal('acme/support', secrets),
    settings: {},
    deleted: false,
  };
  await bus.publish(accountSubject('acme', 'support'), Buffer.from(JSON.stringify(state)), {
    messageId: randomUUID(),
  });
};

describe('the process ingest-whatsapp', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  const start = (env: Record<string, string>) => {
    const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', ...env } });
    children.push(child);
    let output = '';
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    return { child, output: () => output };
  };

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
    const { child, output } = start({
      PORT: '0',
      HOST: '127.0.0.1',
      NATS_URL: nats.url,
      KITH_SECRET_KEY: secretKey,
      KITH_BLOB_DIR: dir,
      KITH_EGRESS_ALLOW: new URL(platform.url).host,
    });
    await expect.poll(output, deadline).toMatch(/"url":"http:/);
    const url = /"url":"(http:[^"]+)"/.exec(output())?.[1] ?? '';
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, deadline).toBe(200);

    const webhook = `${url}/webhooks/meta/support`;
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

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    for (const secret of [secretKey, secrets.appSecret, secrets.verifyToken, secrets.accessToken]) {
      expect(output()).not.toContain(secret);
    }
    expect(output()).not.toContain('5511987654321');
    await rm(dir, { recursive: true, force: true });
  });

  test('tells every setting that is wrong, and ends', async () => {
    const { child, output } = start({ PORT: 'http', KITH_BLOB_DIRR: '/tmp/x' });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toMatch(/KITH_BLOB_DIRR: no such setting/);
    expect(output()).toMatch(/NATS_URL: is not set/);
  });
});
