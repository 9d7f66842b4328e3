import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeReceived, frameOf, messageOf, type ReceivedWebhook } from './received.ts';

const webhooks = fc.array(
  fc.record<ReceivedWebhook>({
    version: fc.constant(1),
    id: fc.uuid(),
    workspace: fc.constantFrom('acme', 'globex'),
    accountId: fc.constant('support'),
    provider: fc.constantFrom('mime', 'meta'),
    contentType: fc.option(fc.string()),
    receivedAt: fc.constant('2026-11-25T10:00:00.000Z'),
    isAlone: fc.boolean(),
    body: fc.uint8Array({ maxLength: 2_000 }),
  }),
  { maxLength: 5 },
);

describe('webhooks between their answer and their reading', () => {
  test('are read as they were written, whatever their bytes and however many', () => {
    fc.assert(
      fc.property(webhooks, (given) => {
        const read = decodeReceived(messageOf(given.map(frameOf)));
        expect(read.map(({ body, ...head }) => ({ ...head, body: new Uint8Array(body) }))).toEqual(given);
      }),
    );
  });

  test('are refused when their message is cut', () => {
    const [one] = fc.sample(
      webhooks.filter(({ length }) => length > 0),
      1,
    );
    const whole = messageOf((one ?? []).map(frameOf));
    expect(() => decodeReceived(whole.subarray(0, whole.length - 1))).toThrow();
  });
});
