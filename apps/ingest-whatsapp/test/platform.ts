/*
 * A provider's API on this machine, and a way to it: answers what a test says for a path, and remembers what it was
 * asked with which credentials.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Egress } from '@kith/ingest/egress';

/** What the API answers for a path; `{url}` in a text is its own address. */
export type Answers = Readonly<Record<string, { status?: number; type?: string; body: string }>>;

/** A running API. */
export interface Platform extends AsyncDisposable {
  url: string;
  egress: Egress;
  /** Every request as `<path> <authorization>`. */
  asked: string[];
}

/** Starts it; dispose of it at the end. */
export async function openPlatform(answers: Answers): Promise<Platform> {
  const asked: string[] = [];
  let url = '';
  const server = createServer((req: IncomingMessage, res) => {
    asked.push(`${req.url ?? ''} ${req.headers.authorization ?? 'without credentials'}`);
    const answer = answers[req.url ?? ''];
    res.writeHead(answer?.status ?? (answer === undefined ? 404 : 200), {
      'content-type': answer?.type ?? 'application/json',
    });
    res.end((answer?.body ?? '').replaceAll('{url}', url));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    egress: {
      routeTo: () => {
        throw new Error('only HTTP in this test');
      },
      get: async (request) => {
        const response = await fetch(request.url, { headers: request.headers ?? {} });
        const body = new Uint8Array(await response.arrayBuffer());
        return { status: response.status, headers: Object.fromEntries(response.headers), body };
      },
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
