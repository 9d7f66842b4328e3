import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { allowedHosts, isPublicAddress, openEgress } from './open-egress.ts';

interface Host extends AsyncDisposable {
  url: string;
  seen: IncomingMessage[];
}

async function openHost(answer: (req: IncomingMessage, res: ServerResponse) => void): Promise<Host> {
  const seen: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    seen.push(req);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const hostOf = (url: string): string => new URL(url).host;
const limits = { bytesMax: 1_000, timeoutMs: 5_000 };

async function get(url: string, options: { allowed?: string[]; headers?: Record<string, string> } = {}) {
  const egress = openEgress({ allowed: options.allowed ?? [] });
  try {
    return await egress.get({ url, headers: options.headers ?? {}, ...limits });
  } finally {
    await egress.close();
  }
}

describe('the egress', () => {
  test('connects to nothing that is not public, however it is written', async () => {
    await using host = await openHost((_, res) => res.end('secret'));
    const { port } = new URL(host.url);
    for (const name of [
      '127.0.0.1',
      'localhost',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '0.0.0.0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      'user:password@127.0.0.1',
      '127.0.0.1.',
    ]) {
      await expect(get(`http://${name}:${port}/`), name).rejects.toMatchObject({
        name: 'EgressRefused',
        reason: 'address_not_allowed',
      });
    }
    expect(host.seen).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'ftp://example.com/', 'data:text/plain,x', 'gopher://x', '//x', '', 'x'])(
    'refuses %j, which is no URL of the web',
    async (url) => {
      await expect(get(url)).rejects.toMatchObject({ reason: 'address_not_allowed' });
    },
  );

  test('fetches from a host that the operator names, and only from its port', async () => {
    await using host = await openHost((_, res) => res.end('file'));
    await using other = await openHost((_, res) => res.end('secret'));
    const allowed = [hostOf(host.url)];
    const answer = await get(host.url, { allowed });
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([200, 'file']);
    await expect(get(other.url, { allowed })).rejects.toMatchObject({ reason: 'address_not_allowed' });
    expect(other.seen).toEqual([]);
  });

  test('follows a redirect by the same rules', async () => {
    await using secret = await openHost((_, res) => res.end('secret'));
    await using host = await openHost((_, res) => res.writeHead(302, { location: secret.url }).end());
    const attempt = get(host.url, { allowed: [hostOf(host.url)] });
    await expect(attempt).rejects.toMatchObject({ reason: 'address_not_allowed' });
    expect(secret.seen).toEqual([]);
  });

  test('takes no credentials along to another origin', async () => {
    await using store = await openHost((_, res) => res.end('file'));
    await using host = await openHost((_, res) => res.writeHead(302, { location: `${store.url}/x` }).end());
    const headers = { authorization: 'Bearer a', 'x-api-key': 'b', accept: 'image/*' };
    await get(host.url, { allowed: [hostOf(host.url), hostOf(store.url)], headers });
    expect(host.seen[0]?.headers).toMatchObject(headers);
    expect(store.seen[0]?.headers).toMatchObject({ accept: 'image/*' });
    expect(store.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(store.seen[0]?.headers).not.toHaveProperty('x-api-key');
  });

  test('gives up on redirects that go round', async () => {
    await using host = await openHost((req, res) =>
      res.writeHead(302, { location: `${req.url ?? ''}x` }).end(),
    );
    await expect(get(host.url, { allowed: [hostOf(host.url)] })).rejects.toMatchObject({
      name: 'EgressRefused',
    });
    expect(host.seen.length).toBeLessThan(10);
  });

  test('stops reading where the limit is, announced or not', async () => {
    await using host = await openHost((req, res) => {
      if (req.url === '/announced') res.writeHead(200, { 'content-length': 5_000 });
      res.end('x'.repeat(5_000));
    });
    for (const path of ['/announced', '/chunked']) {
      const attempt = get(`${host.url}${path}`, { allowed: [hostOf(host.url)] });
      await expect(attempt).rejects.toMatchObject({ name: 'EgressRefused', reason: 'too_large' });
    }
  });

  test('tells of a host that does not answer as something to try again', async () => {
    const gone = await openHost(() => {});
    await gone[Symbol.asyncDispose]();
    await expect(get(gone.url, { allowed: [hostOf(gone.url)] })).rejects.toMatchObject({
      name: 'EgressFailed',
    });
    await expect(get('http://nowhere.invalid/')).rejects.toMatchObject({ name: 'EgressFailed' });
  });

  test('answers whatever the status', async () => {
    await using host = await openHost((_, res) => res.writeHead(404, { 'X-Why': 'gone' }).end());
    expect(await get(host.url, { allowed: [hostOf(host.url)] })).toMatchObject({
      status: 404,
      headers: { 'x-why': 'gone' },
    });
  });
});

describe('a route', () => {
  const lookUp = (host: string, allowed: string[] = []) =>
    new Promise((resolve, reject) => {
      const egress = openEgress({ allowed });
      const route = egress.routeTo(host, 993);
      route.lookup(host, { all: true }, (err, found) => (err === null ? resolve(found) : reject(err)));
    });

  test('leads to public addresses only, looked at where the connection looks them up', async () => {
    for (const host of ['127.0.0.1', '::1', '[::1]', '10.0.0.1']) {
      await expect(lookUp(host), host).rejects.toMatchObject({ reason: 'address_not_allowed' });
    }
    await expect(lookUp('localhost')).rejects.toMatchObject({ reason: 'address_not_allowed' });
  });

  test('leads to a host and port that the operator names, and says so', async () => {
    expect(await lookUp('localhost', ['localhost:993'])).not.toEqual([]);
    const egress = openEgress({ allowed: ['localhost:993'] });
    expect(egress.routeTo('LOCALHOST', 993).isNamed).toBe(true);
    expect(egress.routeTo('localhost', 143).isNamed).toBe(false);
  });

  test('ends when the egress does', async () => {
    const egress = openEgress({ allowed: [] });
    const { closing } = egress.routeTo('imap.example.com', 993);
    await egress.close();
    expect(closing.aborted).toBe(true);
  });
});

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['::ffff:8.8.8.8', true],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['198.18.0.1', false],
  ['::1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['2001::1', false],
  ['no address', false],
])('%s is public: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

test('the setting lists hosts with their ports', () => {
  expect(allowedHosts(' unipile.local:3000, 10.0.0.7:443 ,')).toEqual(['unipile.local:3000', '10.0.0.7:443']);
  expect(allowedHosts('')).toEqual([]);
});
