/*
 * Forms as nobody posts them: whatever a body is, it ends as items that the contracts allow, and never in an error.
 * More cases with KITH_TEST_FUZZ_CASES.
 */
import fc from 'fast-check';
import type { Provider } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { asDelivered, fieldsOf, itemsOf, json, multipart, type Posted, urlencoded } from '../test/forms.ts';
import { everyday } from '../test/mails.ts';
import { mailgun } from './providers/mailgun.ts';
import { sendgrid } from './providers/sendgrid.ts';

const numRuns = Number(process.env['KITH_TEST_FUZZ_CASES'] ?? 300);
const mail = Buffer.from(everyday()).toString();
const file = { name: 'attachment1', file: 'a.txt', type: 'text/plain', value: 'x' };

const ofSendgrid: Posted[] = [
  multipart([
    ...fieldsOf({
      headers: mail.split('\r\n\r\n')[0] ?? '',
      text: 'Hello',
      html: '<p>Hello <img src="cid:a"></p>',
      charsets: '{"text":"UTF-8","html":"cp850"}',
      envelope: '{"to":["support@acme.example"],"from":"ana@lima.example"}',
      'attachment-info': '{"attachment1":{"filename":"a.txt","type":"text/plain","content-id":"a"}}',
      'content-ids': '{"a":"attachment1"}',
    }),
    file,
  ]),
  multipart(fieldsOf({ email: mail })),
  json([{ event: 'delivered' }, { event: 'open' }]),
];

const ofMailgun: Posted[] = [
  multipart([
    ...fieldsOf({
      'message-headers': '[["From","ana@lima.example"],["Subject","Offer"],["Message-Id","<a@x>"]]',
      'body-plain': 'Hello',
      'body-html': '<p>Hello</p>',
      'content-id-map': '{"<a>":"attachment-1"}',
      attachments: '[{"url":"https://storage.mailgun.net/v3/x","name":"a.pdf","size":3}]',
    }),
    { ...file, name: 'attachment-1' },
  ]),
  urlencoded({ 'body-mime': mail, sender: 'ana@lima.example', recipient: 'support@acme.example' }),
  urlencoded({ event: 'delivered' }),
  json({ 'event-data': { event: 'opened' }, signature: { timestamp: '1', token: 'a', signature: 'b' } }),
];

const tokens = [
  '\r\n--xYzZY\r\n',
  '--xYzZY--',
  '\0',
  '"',
  '{',
  '[[[[',
  '=?',
  '%',
  '&',
  '=',
  '<',
  'null',
  '\\',
  '; ',
];

/** Bytes put in, left out, said twice and changed, at places that are parts of the whole. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 40 }),
  into: fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom(...tokens.map((token) => Buffer.from(token))),
  ),
  twice: fc.boolean(),
});

function changed(
  posted: Posted,
  changes: readonly (typeof change extends fc.Arbitrary<infer C> ? C : never)[],
): Posted {
  let { body } = posted;
  for (const { at, length, into, twice } of changes) {
    const start = Math.floor(at * body.length);
    const rest = body.subarray(twice ? start - Math.min(length, start) : start + length);
    body = Buffer.concat([body.subarray(0, start), into, rest]);
  }
  return { ...posted, body };
}

async function isAccountedFor(provider: Provider, posted: Posted): Promise<void> {
  const items = await itemsOf(provider, posted);
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect(asDelivered(item)).toMatchObject({ success: true });
}

describe.each([
  ['SendGrid', sendgrid, ofSendgrid],
  ['Mailgun', mailgun, ofMailgun],
] as const)('a body of %s', (_, provider, bodies) => {
  test('ends as items of the contracts, whatever was done to it', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.array(change, { maxLength: 6 }),
        async (posted, changes) => isAccountedFor(provider, changed(posted, changes)),
      ),
      { numRuns },
    );
  });

  test('ends as items of the contracts when its fields are anything', { timeout: 600_000 }, async () => {
    const names = bodies.flatMap(({ body }) => [...body.toString('latin1').matchAll(/name="([\w-]+)"/g)]);
    const field = fc.record({
      name: fc.constantFrom(...names.map(([, name = '']) => name), 'email', 'body-mime', 'attachments'),
      value: fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.uint8Array()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 12 }), async (fields) =>
        isAccountedFor(provider, multipart(fields)),
      ),
      { numRuns },
    );
  });

  test('ends as items of the contracts when it is any JSON', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => isAccountedFor(provider, json(value))),
      { numRuns },
    );
  });
});
