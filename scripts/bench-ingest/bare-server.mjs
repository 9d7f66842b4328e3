/*
 * What answering a webhook costs at the least: a bare `node:http` server that reads the body, verifies it and parses
 * it as JSON, and answers 200 without keeping anything. The baseline of `npm run bench:ingest`.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const [, , kind, secret] = process.argv;

const verifiers = {
  meta: (headers, body) => same(headers['x-hub-signature-256'] ?? '', `sha256=${hmac(body)}`),
  postmark: (headers) => same(headers.authorization ?? '', `Basic ${secret}`),
};
const hmac = (body) => createHmac('sha256', secret).update(body).digest('hex');

const server = createServer((req, res) => {
  const pieces = [];
  req.on('data', (piece) => pieces.push(piece));
  req.on('end', () => {
    const body = Buffer.concat(pieces);
    const isGenuine = verifiers[kind](req.headers, body);
    const parsed = isGenuine ? JSON.parse(body.toString('utf8')) : null;
    const text = JSON.stringify({ ok: parsed !== null });
    res.writeHead(isGenuine ? 200 : 401, {
      'content-type': 'application/json',
      'content-length': text.length,
    });
    res.end(text);
  });
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`{"url":"http://127.0.0.1:${server.address().port}"}\n`),
);
process.on('SIGTERM', () => process.exit(0));

function same(given, expected) {
  const [one, two] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === two.length && timingSafeEqual(one, two);
}
