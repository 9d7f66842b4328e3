/*
 * Whether what a provider reads may be published, and bodies that no provider would send to try it on.
 */
import { DeliveryItem } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import type { ParsedItem, ParsedMessage, Provider, ReceivedBody } from '@kith/ingest/provider';
import * as fc from 'fast-check';
import { expect } from 'vitest';

/** A verified body of an account. */
export function receivedOf(body: unknown, contentType: string | null = 'application/json'): ReceivedBody {
  const bytes =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { body: bytes, contentType, workspace: 'acme', accountId: 'support', settings: {} };
}

/** Fails where an item is not one of the contracts once its bytes are where they will be, and its texts are cut. */
export function expectDeliverable(items: readonly ParsedItem[]): void {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    const delivered = item.kind === 'message' ? publishedOf(item) : item;
    expect(DeliveryItem.safeParse(delivered)).toMatchObject({ success: true });
  }
}

/** The message as the ingest service publishes it, which cuts what people write to the length of its field. */
function publishedOf({ html, attachments, participants, subject, ...message }: ParsedMessage): object {
  const blob = { key: 'k', size: 1 };
  return {
    ...message,
    subject: subject === null ? null : cleanText(subject, 2000),
    participants: participants.map((one) => ({
      ...one,
      displayName: one.displayName === null ? null : cleanText(one.displayName, 300),
    })),
    html: html === null ? null : blob,
    attachments: attachments.map(({ name, type, contentId, inline, ...file }) => ({
      name: cleanText(name, 300),
      type: cleanText(type, 200),
      contentId: contentId === null ? null : cleanText(contentId, 500),
      inline,
      ...('bytes' in file ? { blob } : { blob: null, media: { key: file.media.key, size: file.media.size } }),
    })),
  };
}

/** How many bodies are tried; more by KITH_TEST_FUZZ_CASES. */
const cases = Number(process.env['KITH_TEST_FUZZ_CASES'] ?? 300);

/**
 * Fails where a body made of these by accident or malice is not read to at least one item. `wrap` puts what was
 * spoilt into a body that was not.
 */
export async function expectTotal(
  provider: Provider,
  bodies: readonly unknown[],
  { contentType, wrap }: { contentType?: string; wrap?: (spoilt: unknown) => unknown } = {},
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bodies).chain(spoilt), async (spoiltBody) => {
      const text = () => (spoiltBody instanceof Uint8Array ? Buffer.from(spoiltBody).toString() : spoiltBody);
      const body = wrap === undefined ? spoiltBody : wrap(text());
      expectDeliverable(await provider.read(receivedOf(body, contentType)));
    }),
    { numRuns: cases },
  );
}

const oddValues = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', ' ', '\0', '\ud800', [], {}, [[]], [null]),
  fc.constant(JSON.parse('{"__proto__":{"email":"x@y.example"},"constructor":1}')),
  fc.constantFrom('a'.repeat(5_000), '<'.repeat(5_000), '=?utf-8?q?=00?=', 'From: x\r\nBcc: evil@x.example'),
  fc.jsonValue(),
);

/** The body with a value in it replaced, or with its bytes changed or cut. */
function spoilt(body: unknown): fc.Arbitrary<unknown> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  const place = fc.nat({ max: Math.max(bytes.length - 1, 0) });
  return fc.oneof(
    fc
      .tuple(fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), oddValues)
      .map(([path, value]) => (typeof body === 'string' ? bytes : replaced(body, path, value))),
    fc.tuple(place, fc.nat({ max: 255 })).map(([at, byte]) => {
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      return changed;
    }),
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
