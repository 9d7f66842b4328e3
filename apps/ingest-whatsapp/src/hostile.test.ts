/*
 * Bodies that somebody with the secret, or a provider with a fault, could post. Reading them neither throws nor takes
 * more than its share of time, and what comes of them is always what the contracts allow.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixturesOf, read } from '../test/bodies.ts';
import { counted } from '../test/counted.ts';
import { expectDeliverable } from '../test/delivered.ts';
import { fuzzCases, fuzzSeed, mutatedJson, oddTexts } from '../test/mutations.ts';
import { readWebhook } from './meta/webhook.ts';
import { meta } from './providers/meta.ts';
import { twilio } from './providers/twilio.ts';

const ofMeta = [...fixturesOf('meta').values()].map((body): unknown => JSON.parse(body.toString()));
const ofTwilio = [...fixturesOf('twilio').values()].map((body) => [...new URLSearchParams(body.toString())]);
const runs = { numRuns: fuzzCases, seed: fuzzSeed };

describe('anything in place of anything', () => {
  test('in a webhook of Meta', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedJson(ofMeta), async (json) => {
        expectDeliverable(await read(meta, JSON.stringify(json)));
      }),
      runs,
    );
  });

  test('in a webhook of Twilio', async () => {
    const odd = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: 'binary', maxLength: 30 }));
    const names = [...new Set(ofTwilio.flat().map(([name]) => name))];
    const exchanged = fc.dictionary(fc.constantFrom(...names, 'MediaUrl0', 'MediaUrl1', '__proto__'), odd, {
      maxKeys: 5,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ofTwilio), exchanged, async (parameters, changes) => {
        const form = new URLSearchParams(parameters);
        for (const [name, value] of Object.entries(changes)) form.set(name, value);
        const items = await read(twilio, form.toString());
        expect(items).toHaveLength(1);
        expectDeliverable(items);
      }),
      runs,
    );
  });

  test('in bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        for (const provider of [meta, twilio]) expectDeliverable(await read(provider, body));
      }),
      runs,
    );
  });
});

const hook = (value: string, field = 'messages'): string =>
  `{"entry":[{"id":"3","changes":[{"field":"${field}","value":${value}}]}]}`;
const deep = `${'['.repeat(1e6)}${']'.repeat(1e6)}`;
const deepObject = `${'{"message":'.repeat(1e6)}1${'}'.repeat(1e6)}`;
const message = (part: string): string => `{"messages":[{"id":"wamid.1","from":"5511987654321",${part}}]}`;

describe('a webhook of Meta is read', () => {
  test.each([
    ['a million lists deep', deep],
    ['a million objects deep', deepObject],
    ['with a deep entry', `{"entry":[${deep}]}`],
    ['with a deep list of messages', hook(`{"messages":${deep}}`)],
    ['with a deep message', hook(`{"messages":[${deepObject}]}`)],
    ['with a deep text', hook(message(`"type":"text","text":{"body":${deep}}`))],
    ['with deep cards', hook(message(`"type":"contacts","contacts":${deep}`))],
    ['with a deep part of an unknown type', hook(message(`"type":"x","x":${deepObject}`))],
    [
      'with a deep answer in a form',
      hook(
        message(`"type":"interactive","interactive":{"nfm_reply":{"response_json":${JSON.stringify(deep)}}}`),
      ),
    ],
    [
      'with deep metadata and contacts',
      hook(`{"metadata":${deepObject},"contacts":${deep},"messages":[{}]}`),
    ],
    [
      'with a deep thread',
      hook(`{"history":[{"threads":[{"id":${deep},"messages":[${deepObject}]}]}]}`, 'history'),
    ],
    [
      'with keys of every object',
      hook(message('"type":"__proto__","__proto__":{"id":"1"},"constructor":{"prototype":1}')),
    ],
    ['with the type of a key of every object', hook(message('"type":"constructor"'))],
  ])('%s', async (_, body) => {
    const items = await read(meta, body);
    expect(items).toHaveLength(1);
    expectDeliverable(items);
  });

  test('with keys that would change every object, and changes none', async () => {
    await read(meta, hook(`{"__proto__":{"polluted":1},${message('"__proto__":{"polluted":1}').slice(1)}`));
    expect('polluted' in {}).toBe(false);
  });

  const history = (count: number): unknown => ({
    entry: [
      {
        id: '3',
        changes: [
          {
            field: 'history',
            value: {
              metadata: { display_phone_number: '551140028922', phone_number_id: '4' },
              contacts: Array.from({ length: count }, (_, n) => ({
                wa_id: `55119${10_000_000 + n}`,
                user_id: `BR.${n}`,
                profile: { name: `Person ${n}` },
              })),
              history: [
                {
                  threads: Array.from({ length: count / 10 }, (_, n) => ({
                    id: `55119${10_000_000 + n}`,
                    messages: Array.from({ length: 10 }, (__, m) => ({
                      from: m % 2 === 0 ? '551140028922' : `55119${10_000_000 + n}`,
                      id: `wamid.${n}.${m}`,
                      timestamp: '1780000000',
                      type: 'text',
                      text: { body: 'Hello' },
                    })),
                  })),
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const recipient = { accountId: 'support', settings: {} };

  test('in work that grows as its messages and the people in it do', () => {
    const looksFor = (count: number): number => {
      const { value, looks } = counted(history(count));
      expect(readWebhook(value, recipient)).toHaveLength(count);
      return looks();
    };
    const [few, many] = [looksFor(1_000), looksFor(10_000)];
    expect(many / few).toBeLessThan(10.1);
  });
});
