/**
 * `npm test`: everything that decides whether a change is good. Installs as `npm start` does, then builds,
 * checks the format, lints, checks types and runs every test, against its own Postgres and NATS on free
 * ports. At the end every failed test is named with its reason, and the last line is the sum of all tests. The exit code
 * is 0 only when every check passed.
 */

import { assertNodeVersion } from './bootstrap/node-version.mjs';

assertNodeVersion();

const { install, packageFolders, root, stepsFor } = await import('./bootstrap/install.mjs');
const { build, turbo } = await import('./bootstrap/build.mjs');
const { ensureChromium } = await import('./bootstrap/chromium.mjs');
const { ensureDovecot } = await import('./bootstrap/dovecot.mjs');
const { ensureNatsServer } = await import('./bootstrap/nats-server.mjs');
const { clearTestResults, failedTests, sumTestResults } = await import('./bootstrap/test-results.mjs');

const steps = stepsFor(process.stdout);
await steps.orExit(async () => {
  await install(steps);
  await build(steps);
  await ensureNatsServer(steps);
});
const chromium = await steps.orExit(() => ensureChromium(steps));
const hasDovecot = await steps.orExit(() => ensureDovecot(steps));
const database = await steps.orExit(() => steps.step('Starting Postgres for tests', openDatabase));
steps.onInterrupt(database.close);

clearTestResults(packageFolders());
const failures = [];
await section('Format', () => steps.mustRun('pnpm', ['exec', 'oxfmt', '--check'], { cwd: root, show: true }));
await section('Documents', () =>
  steps.mustRun('node', ['scripts/docs.mjs', '--check'], { cwd: root, show: true }),
);
await section('Boundaries', () =>
  steps.mustRun('node', ['scripts/boundaries.mjs'], { cwd: root, show: true }),
);
await section('Lint', () => steps.mustRun('pnpm', ['run', 'lint'], { cwd: root, show: true }));
// Two lanes beside each other, about as long: what is left over at the end must not be one long package alone.
const firstLane = ['@kith/cli', '@kith/web', '@kith/ingest', '@kith/ingest-whatsapp'];
await Promise.all([
  section('Types and tests of cli, web and two ingests', () =>
    check(firstLane.map((name) => `--filter=${name}`)),
  ),
  section('Types and tests of all others', () => check(firstLane.map((name) => `--filter=!${name}`))),
]);
await database.close();
steps.release();

const { passed, failed, skipped } = sumTestResults(packageFolders());
for (const failure of [...failures, ...failedTests(packageFolders())]) console.log(`\nFAILED: ${failure}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failures.length === 0 && failed === 0 ? 0 : 1;

function check(filters) {
  return turbo(
    steps,
    [
      'run',
      'typecheck',
      'test',
      ...filters,
      '--continue=dependencies-successful',
      '--concurrency=1',
      '--output-logs=new-only',
    ],
    {
      show: true,
      env: {
        KITH_TEST_DATABASE_URL: database.url,
        ...(chromium === undefined ? {} : { KITH_TEST_CHROMIUM: chromium }),
        // Where it is, no test of it may be skipped.
        ...(hasDovecot ? { KITH_TEST_REQUIRE_DOVECOT: '1' } : {}),
      },
    },
  );
}

/** DATABASE_URL, a server where databases may be created, replaces the embedded one. */
async function openDatabase() {
  const given = process.env.DATABASE_URL ?? '';
  if (given !== '') return { url: given, close: async () => undefined };
  const { serverUrl, startTestPostgres } = await import('../packages/stack/dist/testing.js');
  const postgres = await startTestPostgres();
  return { url: serverUrl(postgres.url), close: () => postgres.stop() };
}

/** One part of the run under its heading; a failure is kept for the end and does not stop the others. */
async function section(name, work) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 60 - name.length))}\n`);
  try {
    await work();
    steps.line(`${name}: passed`);
  } catch (err) {
    failures.push(name);
    steps.line(`${name}: FAILED (${err.message.split('\n')[0]})`);
  }
}
