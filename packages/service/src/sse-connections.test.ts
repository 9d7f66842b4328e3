import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createSseConnections } from './sse-connections.ts';

/** More than the buffers of a socket on either side. */
const frame = Buffer.alloc(1024 * 1024, 'x');

test('a client that takes nothing is waited for, then cut off; one that reads on is not', async () => {
  const registry = new Registry();
  const connections = createSseConnections(registry, { pingEveryMs: 20, silentMs: 200 });
  const written = { reading: 0, stalled: 0 };
  const server = createServer((req, res) => {
    const who = req.url === '/reading' ? 'reading' : 'stalled';
    const stream = connections.open(res, 'event: connected\ndata: {}\n\n');
    void (async () => {
      while (!res.destroyed && written[who] < 30) {
        await stream.write(frame);
        written[who] += 1;
      }
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const open = (path: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nhost: kith\r\n\r\n`);
    return socket;
  };
  const reading = open('/reading').resume();
  const stalled = open('/stalled').pause();
  stalled.on('error', () => {});
  const cutOff = async () => /^kith_subscribers_cut_off_total (\d+)$/m.exec(await registry.metrics())?.[1];
  await expect.poll(cutOff, { timeout: 10_000 }).toBe('1');
  await expect.poll(() => written.reading, { timeout: 10_000 }).toBe(30);
  expect(written.stalled).toBeLessThan(30);
  expect(reading.destroyed).toBe(false);
  for (const socket of [reading, stalled]) socket.destroy();
  server.close();
});
