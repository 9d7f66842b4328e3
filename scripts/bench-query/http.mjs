/* Asks a service as a frontend does, over one connection that is kept open. */
import { Agent, request } from 'node:http';

/** Answers what a query of tRPC answers, or throws what it says. */
export function createHttp(url, apiKey) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${apiKey}` };
  const ask = async (procedure, input) => {
    const target = `${url}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
    const { status, text } = await get(target, { agent, headers });
    if (status !== 200) throw new Error(`${procedure} answers ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text).result.data;
  };
  return Object.assign(ask, { close: () => agent.destroy() });
}

function get(url, options) {
  return new Promise((done, failed) => {
    const asked = request(url, options, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', failed);
      response.on('end', () => done({ status: response.statusCode, text: Buffer.concat(pieces).toString() }));
    });
    asked.on('error', failed);
    asked.end();
  });
}
