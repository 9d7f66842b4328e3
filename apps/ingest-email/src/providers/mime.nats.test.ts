import { createHmac } from 'node:crypto';
import { describeProviderContract, startTestIngest, type TestIngest } from '@kith/ingest/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyday, mailOf } from '../../test/mails.ts';
import { threadFile } from '../../test/thread-file.ts';
import { mime } from './mime.ts';

function signBody(
  body: Uint8Array,
  secrets: { signingSecret: string },
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', secrets.signingSecret).update(`m1.${timestamp}.`).update(body);
  return {
    'webhook-id': 'm1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
}

const shared = {
  name: 'mime' as const,
  channel: 'email' as const,
  provider: mime,
  threadFile,
  contentType: 'message/rfc822',
  wrongContentType: 'application/json',
  message: everyday(['Subject: Ol\xe1']),
  messageWithUnknownFields: everyday(['X-Not-Invented-Yet: yes', 'Content-Type: text/plain; future=1']),
  unknownEvent: null,
};

describe('with a signing secret', () => {
  describeProviderContract({
    ...shared,
    secrets: { signingSecret: 'a plain secret' },
    otherSecrets: { signingSecret: 'another plain secret' },
    sign: signBody,
    signsBody: true,
  });
});

describe('with a bearer token', () => {
  describeProviderContract({
    ...shared,
    secrets: { token: 'token-of-support' },
    otherSecrets: { token: 'token-of-sales' },
    sign: (_body, { token }) => ({ authorization: `Bearer ${token}` }),
    signsBody: false,
  });
});

describe('mime', () => {
  let ingest: TestIngest;
  beforeAll(async () => {
    ingest = await startTestIngest({ channel: 'email', providers: [mime], threadFile });
    const account = { workspace: 'acme', accountId: 'support', provider: 'mime' as const };
    await ingest.connectAccount({ ...account, secrets: { token: 'token-of-support' } });
  });
  afterAll(() => ingest[Symbol.asyncDispose]());
  const post = (mail: Uint8Array, contentType = 'message/rfc822') =>
    fetch(`${ingest.url}/webhooks/mime/support`, {
      method: 'POST',
      headers: { authorization: 'bearer token-of-support', 'content-type': contentType },
      body: Buffer.from(mail),
    });

  test.each(['message/rfc822; charset=utf-8', 'text/plain', 'application/octet-stream', ''])(
    'accepts the content type %j',
    async (contentType) => {
      expect((await post(everyday(), contentType)).status).toBe(200);
    },
  );

  test('publishes a mail to ten thousand recipients whole', async () => {
    const people = Array.from({ length: 10_000 }, (_, i) => `Person ${i} <person-${i}@somewhere.example>`);
    expect((await post(everyday([`To: ${people.join(',\r\n ')}`]))).status).toBe(200);
    const item = (await ingest.deliveries()).at(-1)?.items[0];
    expect(item?.kind === 'message' && item.participants.length).toBe(10_001);
  });

  test('takes a mail of 40 MB, and keeps its file', async () => {
    const file = Buffer.alloc(29_000_000, 'file');
    const mail = mailOf(
      ['From: ana@lima.example', 'Content-Type: multipart/mixed; boundary=b'],
      [
        '--b',
        'Content-Type: application/pdf',
        'Content-Transfer-Encoding: base64',
        '',
        file.toString('base64'),
      ],
    );
    expect((await post(mail)).status).toBe(200);
    const item = (await ingest.deliveries()).at(-1)?.items[0];
    const blob = item?.kind === 'message' ? (item.attachments[0]?.blob ?? undefined) : undefined;
    expect(blob?.size).toBe(file.byteLength);
    expect(Buffer.compare(await ingest.blobs.get(blob?.key ?? ''), file)).toBe(0);
  });
});
