import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/** A request that a page made of it. */
export interface CountedRequest {
  path: string;
  referrer: string | undefined;
  cookie: string | undefined;
}

/** A server somewhere on the internet, as the sender of a mail has one: it writes down whatever reaches it. */
export interface RequestCounter extends AsyncDisposable {
  url: string;
  requests: CountedRequest[];
}

const pixel = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');

/** Answers everything with a picture of one pixel. */
export async function openRequestCounter(): Promise<RequestCounter> {
  const requests: CountedRequest[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const { referer: referrer, cookie } = request.headers;
    requests.push({ path: request.url ?? '', referrer, cookie });
    response.writeHead(200, { 'content-type': 'image/gif', 'access-control-allow-origin': '*' });
    response.end(pixel);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
