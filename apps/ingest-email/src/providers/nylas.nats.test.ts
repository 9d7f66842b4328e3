import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeProviderContract, startTestIngest } from '@kith/ingest/testing';
import { expect, test } from 'vitest';
import { nylasEventOf, nylasMessageOf } from '../../test/nylas.ts';
import { threadFile } from '../../test/thread-file.ts';
import { nylas } from './nylas.ts';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const sign = (body: Uint8Array, { webhookSecret }: { webhookSecret: string }) => ({
  'x-nylas-signature': createHmac('sha256', webhookSecret).update(body).digest('hex'),
});

describeProviderContract({
  name: 'nylas',
  channel: 'email',
  provider: nylas,
  threadFile,
  secrets: { webhookSecret: 'secret-of-support' },
  otherSecrets: { webhookSecret: 'secret-of-sales' },
  contentType: 'application/json',
  wrongContentType: 'text/plain',
  sign,
  signsBody: true,
  message: encode(nylasEventOf(nylasMessageOf())),
  messageWithUnknownFields: encode({ ...nylasEventOf(nylasMessageOf({ mood: 'good' })), region: 'us' }),
  unknownEvent: encode(nylasEventOf({}, 'fax.created')),
});

/** The two answers of the API that one message with one file takes. */
async function startApi() {
  const headers = [{ name: 'Message-ID', value: '<second@lima.example>' }];
  const attachments = [{ id: 'a1', filename: 'offer.pdf', content_type: 'application/pdf', size: 5 }];
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(`${req.headers.authorization ?? ''} ${req.url ?? ''}`);
    const isFile = req.url?.includes('/attachments/') === true;
    res.end(isFile ? '%PDF-' : JSON.stringify({ data: nylasMessageOf({ headers, attachments }) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

test('a truncated message is fetched whole, and its file after it', async () => {
  await using api = await startApi();
  await using ingest = await startTestIngest({
    channel: 'email',
    providers: [nylas],
    threadFile,
    settings: { KITH_EGRESS_ALLOW: api.host },
  });
  const secrets = { webhookSecret: 's', apiKey: 'nyk_1', baseUrl: `http://${api.host}` };
  await ingest.connectAccount({ workspace: 'acme', accountId: 'support', provider: 'nylas', secrets });
  const body = encode(nylasEventOf(nylasMessageOf({ body: undefined }), 'message.created.truncated'));
  const response = await fetch(`${ingest.url}/webhooks/nylas/support`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sign(body, secrets) },
    body: Buffer.from(body),
  });
  expect(response.status).toBe(200);
  const [message, media] = await ingest.deliveries();
  expect(message?.items).toMatchObject([
    {
      kind: 'message',
      conversation: { messageIds: ['second@lima.example'] },
      attachments: [{ name: 'offer.pdf', blob: null, media: { size: 5 } }],
    },
  ]);
  expect(media).toMatchObject({ origin: 'media', items: [{ kind: 'media', result: { blob: { size: 5 } } }] });
  expect(api.asked).toEqual([
    'Bearer nyk_1 /v3/grants/2f1a6c1e-8c1b-4c8e-9f39-5d2b7c7a0001/messages/1926a5f2c3b1d0e4?fields=include_headers',
    'Bearer nyk_1 /v3/grants/2f1a6c1e-8c1b-4c8e-9f39-5d2b7c7a0001/attachments/a1/download?message_id=1926a5f2c3b1d0e4',
  ]);
});
