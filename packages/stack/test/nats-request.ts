/** One request in the NATS client protocol, so that this package needs no client library. */

import { createConnection } from 'node:net';

/** Publishes `payload` on `subject` and answers the reply, parsed as JSON. */
export function natsRequest(
  port: number,
  subject: string,
  payload: unknown,
): Promise<Record<string, unknown>> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = createConnection({ host: '127.0.0.1', port, timeout: 5_000 });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error(`no reply on ${subject}: ${received}`)));
    socket.write('CONNECT {"verbose":false}\r\nSUB reply 1\r\n');
    socket.write(`PUB ${subject} reply ${Buffer.byteLength(body)}\r\n${body}\r\n`);
    socket.on('data', (chunk) => {
      received += chunk.toString('utf8');
      const message = /MSG reply 1 +\d+\r\n(.*)\r\n/.exec(received);
      if (message === null) return;
      socket.destroy();
      resolve(JSON.parse(message[1] ?? ''));
    });
  });
}
