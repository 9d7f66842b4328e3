/** Threads run compiled code, so the tests need the package built, as `turbo run test` has it. */
export const workerFile = new URL('../dist/mail/parse-mail.js', import.meta.url);
