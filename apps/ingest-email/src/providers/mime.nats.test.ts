import { createHmac } from 'node:crypto';
import { describeProviderContract, startTestIngest } from '@kith/ingest/testing';
import { describe, expect, test } from 'vitest';
import { everyday } from '../../test/mails.ts';
import { workerFile } from '../../test/worker-file.ts';
import { openMailParser } from '../mail/mail-parser.ts';
import { mime } from './mime.ts';

const openMime = () => {
  const parser = openMailParser({
    workerFile,
    threads: 1,
    deadlineMs: 10_000,
    waitMs: 10_000,
    memoryMb: 512,
  });
  return { provider: mime.withParser(parser), close: () => parser.close() };
};

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
  open: openMime,
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
  test.each(['message/rfc822; charset=utf-8', 'text/plain', 'application/octet-stream', ''])(
    'accepts the content type %j',
    async (contentType) => {
      const opened = openMime();
      await using ingest = await startTestIngest({ channel: 'email', providers: [opened.provider] });
      const account = { workspace: 'acme', accountId: 'support', provider: 'mime' as const };
      await ingest.connectAccount({ ...account, secrets: { token: 'token-of-support' } });
      const response = await fetch(`${ingest.url}/webhooks/mime/support`, {
        method: 'POST',
        headers: { authorization: 'bearer token-of-support', 'content-type': contentType },
        body: Buffer.from(everyday()),
      });
      expect(response.status).toBe(200);
      await opened.close();
    },
  );
});
