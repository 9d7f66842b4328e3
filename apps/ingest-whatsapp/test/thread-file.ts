/** Threads run compiled code, so the tests need the package built, as `turbo run test` has it. */
export const threadFile = new URL('../dist/read-body.js', import.meta.url);
