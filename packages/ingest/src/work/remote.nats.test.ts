/*
 * What lies at a provider: texts that complete a webhook, and files, fetched from a real server that can fail.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '@kith/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { remoteProvider } from '../../test/remote-provider.ts';
import { startTestIngest, type TestIngest } from '../testing/test-ingest.ts';

const secrets = { username: 'kith', password: 'right' };
const account = { workspace: 'acme', accountId: 'support', provider: 'postmark', secrets } as const;

describe('what lies at a provider', () => {
  let host: Awaited<ReturnType<typeof openHost>>;
  let ingest: TestIngest;
  beforeEach(async () => {
    host = await openHost();
    const settings = { KITH_EGRESS_ALLOW: new URL(host.url).host };
    ingest = await startTestIngest({ channel: 'email', providers: [remoteProvider], settings });
    await ingest.connectAccount(account);
  });
  afterEach(async () => {
    await ingest[Symbol.asyncDispose]();
    await host.close();
  });

  const post = async (body: string): Promise<void> => {
    const headers = { 'x-password': 'right' };
    const answer = await fetch(`${ingest.url}/webhooks/postmark/support`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
  };
  const itemsOf = (deliveries: readonly Delivery[]) => deliveries.flatMap(({ items }) => items);

  test('completes a webhook before it is read, with the account’s credentials; the body as posted is kept', async () => {
    host.answer = (path) => ({ status: 200, body: `the text of ${path}` });
    await post(`text ${host.url}/1`);
    const [delivery] = await ingest.deliveries();
    expect(delivery?.items).toMatchObject([{ kind: 'message', text: 'the text of /1' }]);
    expect(host.credentials).toEqual(['Bearer right']);
    const raw = await ingest.blobs.get(delivery?.raw.key ?? '');
    expect(Buffer.from(raw).toString()).toBe(`text ${host.url}/1`);
  });

  test('asks again after errors and pleas for patience, while other webhooks go on', async () => {
    let asked = 0;
    host.answer = () => {
      asked += 1;
      return asked < 3 ? { status: asked === 1 ? 500 : 429, body: '' } : { status: 200, body: 'at last' };
    };
    await post(`text ${host.url}/1`);
    await post('hello');
    const deliveries = await ingest.deliveries();
    expect(itemsOf(deliveries)).toMatchObject([{ text: 'hello' }, { text: 'at last' }]);
    expect(asked).toBe(3);
  });

  test('takes no as an answer at once', async () => {
    host.answer = () => ({ status: 404, body: '' });
    await post(`text ${host.url}/1`);
    expect(itemsOf(await ingest.deliveries())).toMatchObject([{ text: 'missing not_found' }]);
    expect(host.credentials).toHaveLength(1);
  });

  test('fetches a file after its message, into the blob store', async () => {
    host.answer = () => ({ status: 200, body: 'bytes', type: 'application/pdf; v=1' });
    await post(`file ${host.url}/a.pdf`);
    const [message, file] = await ingest.deliveries();
    const key = `test:${host.url}/a.pdf`;
    expect(message).toMatchObject({
      origin: 'webhook',
      items: [{ attachments: [{ blob: null, media: { key, size: null } }] }],
    });
    expect(file).toMatchObject({
      origin: 'media',
      raw: message?.raw,
      items: [{ kind: 'media', key, result: { type: 'application/pdf' } }],
    });
    const [item] = file?.items ?? [];
    const blob = item?.kind === 'media' && 'blob' in item.result ? item.result.blob.key : '';
    expect(Buffer.from(await ingest.blobs.get(blob)).toString()).toBe('bytes');
  });

  test.each([
    [404, 'not_found'],
    [403, 'refused'],
  ])('tells of a file that is answered with %i that it is %s', async (status, failure) => {
    host.answer = () => ({ status, body: '' });
    await post(`file ${host.url}/a.pdf`);
    expect(itemsOf(await ingest.deliveries())[1]).toMatchObject({ kind: 'media', result: { failure } });
  });

  test('fetches no file from inside the network', async () => {
    await post('file http://169.254.169.254/latest/meta-data/');
    expect(itemsOf(await ingest.deliveries())[1]).toMatchObject({
      result: { failure: 'address_not_allowed' },
    });
  });

  test('fetches a file again after an error', async () => {
    let asked = 0;
    host.answer = () => {
      asked += 1;
      return asked === 1 ? { status: 503, body: '' } : { status: 200, body: 'bytes' };
    };
    await post(`file ${host.url}/a.pdf`);
    expect(itemsOf(await ingest.deliveries())[1]).toMatchObject({ kind: 'media', result: { type: null } });
  });
});

async function openHost() {
  const host = {
    url: '',
    credentials: [] as (string | undefined)[],
    answer: (_path: string): { status: number; body: string; type?: string } => ({ status: 500, body: '' }),
    close: (): Promise<void> => Promise.resolve(),
  };
  const server = createServer((req, res) => {
    host.credentials.push(req.headers.authorization);
    const { status, body, type } = host.answer(req.url ?? '');
    res.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  host.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return host;
}
