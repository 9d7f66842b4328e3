import { defineConfig } from 'vitest/config';

/**
 * What every package's tests share. A package's own `vitest.config.ts` re-exports this, or spreads it.
 * The JSON report is what `scripts/test.mjs` adds up at the end of a whole run.
 */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
    // Files share what they import: half of the time of small ones is importing.
    isolate: false,
  },
});
