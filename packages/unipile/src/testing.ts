/*
 * For tests of the channels that Unipile serves: how it signs, and the suite that reading its bodies passes whichever
 * the channel. Imported by tests only.
 */
import { createHmac } from 'node:crypto';
import { DeliveryItem } from '@kith/contracts';
import type { ParsedItem, Provider, ReceivedBody } from '@kith/ingest/provider';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UnipileSecrets } from './verify.ts';

/** The headers by which Unipile proves itself. */
export function signUnipile(
  body: Uint8Array,
  { apiVersion, webhookSecret }: UnipileSecrets,
  nowMs: number,
): Record<string, string> {
  if (apiVersion === 'v1') return { 'unipile-auth': webhookSecret };
  const timestamp = String(Math.floor(nowMs / 1000));
  const digest = createHmac('sha256', webhookSecret).update(`${timestamp}.`).update(body).digest('hex');
  return { 'unipile-signature': `t=${timestamp},v0=${digest}` };
}

/** Reads a body as it is posted: bytes and text as they are, anything else as JSON. */
export async function readPosted(provider: Provider, body: unknown): Promise<ParsedItem[]> {
  const bytes =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const received: ReceivedBody = {
    body: bytes,
    contentType: 'application/x-www-form-urlencoded',
    workspace: 'acme',
    accountId: 'sales',
    settings: {},
  };
  const items = await provider.read(received);
  expectDeliverable(items);
  return items;
}

/** Fails where an item is not one of the contracts', its files being told as they are published. */
export function expectDeliverable(items: readonly ParsedItem[]): void {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    const delivered =
      item.kind !== 'message'
        ? item
        : {
            ...item,
            attachments: item.attachments.map((file) =>
              'media' in file
                ? { ...file, blob: null, media: { key: file.media.key, size: file.media.size } }
                : file,
            ),
          };
    expect(DeliveryItem.safeParse(delivered)).toMatchObject({ success: true });
  }
}

/** How many spoilt bodies are read; more by KITH_TEST_FUZZ_CASES. */
const cases = Number(process.env['KITH_TEST_FUZZ_CASES'] ?? 500);

/** Declares the suite for a channel; `bodies` has one of each kind that it knows. */
export function describeHostileBodies(provider: Provider, bodies: readonly object[]): void {
  describe('whatever is posted', () => {
    test('is read to items of the contracts, however a body is spoilt', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...bodies).chain(spoilt), async (body) => {
          await readPosted(provider, body);
        }),
        { numRuns: cases },
      );
    });

    test('is the same as a form, and as one of a list', async () => {
      for (const body of bodies) {
        const alone = await readPosted(provider, body);
        expect(await readPosted(provider, [body])).toEqual(alone);
        const [event] = await readPosted(provider, formOf(body));
        expect(event).toMatchObject({ kind: alone[0]?.kind });
      }
    });

    test('does not overflow, reach a prototype, or take longer than it is long', async () => {
      const started = performance.now();
      const [body = {}] = bodies;
      const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
      for (const key of ['message', 'attendees', 'payload']) {
        const spoiltText = JSON.stringify({ ...body, [key]: 0 }).replace(`"${key}":0`, `"${key}":${deep}`);
        await readPosted(provider, spoiltText);
        await readPosted(provider, {
          ...body,
          [key]: JSON.parse('{"__proto__":{"polluted":1},"constructor":1}'),
        });
      }
      const person = (index: number): object => ({
        attendee_provider_id: `${index}@lid`,
        attendee_public_identifier: `3366${String(index).padStart(7, '0')}@s.whatsapp.net`,
        attendee_specifics: { member_urn: `urn:li:member:${index + 1}`, emails: ['a@x.example'] },
      });
      const attendees = Array.from({ length: 52_000 }, (_, index) => person(index));
      const attachments = Array.from({ length: 20_000 }, (_, index) => ({ id: String(index), type: 'img' }));
      await readPosted(provider, { ...body, attendees, attachments });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(performance.now() - started).toBeLessThan(60_000);
    }, 120_000);
  });
}

/** As jQuery, PHP and `qs` write it. */
function formOf(body: object): string {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (typeof value !== 'object') form.append(name, `${value as string | number | boolean}`);
    else
      for (const [key, inner] of Object.entries(value ?? {}))
        add(name === '' ? key : `${name}[${key}]`, inner);
  };
  add('', body);
  return form.toString();
}

const oddValues = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 1e308, '', ' ', '\0', '\ud800', [], {}, [[]], [null]),
  fc.constantFrom(
    'a'.repeat(5_000),
    '@lid',
    '1@lid',
    'urn:li:member:1',
    '🙂'.repeat(500),
    '2026-13-99T99:99:99Z',
  ),
  fc.constant(JSON.parse('{"__proto__":{"id":"x"},"constructor":1,"toString":null}')),
  fc.jsonValue(),
);

/** The body with a value in it replaced, or with its bytes changed or cut. */
function spoilt(body: object): fc.Arbitrary<unknown> {
  const bytes = Buffer.from(JSON.stringify(body));
  const place = fc.nat({ max: bytes.length - 1 });
  const path = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 });
  return fc.oneof(
    fc.tuple(path, oddValues).map(([steps, value]) => replaced(body, steps, value)),
    fc.tuple(place, fc.nat({ max: 255 })).map(([at, byte]) => bytes.with(at, byte)),
    place.map((at) => bytes.subarray(0, at)),
  );
}

/** Follows the path by the positions of what is there. */
function replaced(value: unknown, [step, ...rest]: readonly number[], odd: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return odd;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return odd;
  const child = replaced(Reflect.get(value, key), rest, odd);
  return Array.isArray(value) ? value.with(Number(key), child) : { ...value, [key]: child };
}
