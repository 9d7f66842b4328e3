/* Payloads as nobody sends them: real ones with some of their values exchanged for others. */
import fc from 'fast-check';

/** How many cases a fuzz test runs; more by `KITH_TEST_FUZZ_CASES`. */
export const fuzzCases = Number(process.env['KITH_TEST_FUZZ_CASES'] ?? 500);

/** The same cases on every run; another `KITH_TEST_FUZZ_SEED` gives others. */
export const fuzzSeed = Number(process.env['KITH_TEST_FUZZ_SEED'] ?? 7);

/** Texts that are no honest value of anything. */
export const oddTexts = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e5511987654321',
  '-1',
  '1e309',
  '99999999999999999999',
  '5511987654321@s.whatsapp.net',
  'a/b/US.1',
  '\ud800/US.1',
  'status@broadcast',
  '__proto__',
  'constructor',
  'x'.repeat(100_000),
  '😀'.repeat(400),
  'https://',
] as const;

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e300, [], {}, [[]], [null, 7, 'x'], ...oddTexts),
  fc.constant(JSON.parse('{"__proto__":{"type":"text"},"constructor":1,"length":-1,"id":{"id":[]}}')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A JSON value that is one of these with some of its parts exchanged: for odd values, or for parts of the others. */
export function mutatedJson(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const parts = samples.flatMap((sample) => partsOf(sample).map(({ value }) => value));
  const exchange = fc.tuple(fc.nat(), fc.oneof(oddValue, fc.constantFrom(...parts)));
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(exchange, { minLength: 1, maxLength: 6 }))
    .map(([sample, exchanges]) => exchanges.reduce<unknown>(exchanged, sample));
}

function exchanged(sample: unknown, [at, value]: [number, unknown]): unknown {
  const copy: unknown = structuredClone(sample);
  const parts = partsOf(copy);
  const part = parts[at % Math.max(parts.length, 1)];
  if (part === undefined) return value;
  Object.defineProperty(part.holder, part.key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
  return copy;
}

interface Part {
  holder: object;
  key: string;
  value: unknown;
}

function partsOf(value: unknown): Part[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { holder: value, key, value: inner },
    ...partsOf(inner),
  ]);
}
