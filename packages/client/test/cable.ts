import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP connection to a server that can be cut, and stays cut until it is mended. */
export interface Cable extends AsyncDisposable {
  url: string;
  /** Ends every connection at once and refuses new ones. Resolves with how many were ended. */
  cut(): number;
  mend(): void;
  /** How many connections were made so far, refused ones too. */
  attempts(): number;
}

/** Lays a cable to a server at a URL. */
export async function layCable(targetUrl: string): Promise<Cable> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let attempts = 0;
  const server = createServer((near) => {
    attempts += 1;
    near.on('error', () => {});
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    far.on('error', () => near.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => {
      sockets.delete(near);
      far.destroy();
    });
    sockets.add(near);
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const cut = () => {
    isCut = true;
    const ended = sockets.size;
    for (const socket of sockets) socket.destroy();
    return ended;
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    mend: () => void (isCut = false),
    attempts: () => attempts,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
