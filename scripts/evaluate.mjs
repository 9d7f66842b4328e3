/*
 * `npm run evaluate`: how good the automatic links are, on a generated population of known truth and an embedded
 * Postgres. `--people N` and `--seed N` choose the population, `--write` writes docs/evaluation.md. The exit code is 1
 * when Kith links wrongly without asking, or misses what exact evidence decides.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assertNodeVersion } from './bootstrap/node-version.mjs';

assertNodeVersion();

const { install, root, stepsFor } = await import('./bootstrap/install.mjs');
const { build } = await import('./bootstrap/build.mjs');

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const people = wholeNumber('people', 50);
const seed = wholeNumber('seed', 0);

const steps = stepsFor(process.stdout);
await steps.orExit(async () => {
  await install(steps);
  await build(steps);
});
steps.release();

const { serverUrl, startTestPostgres } = await import(join(root, 'packages/stack/dist/testing.js'));
const { openTestDatabase } = await import(join(root, 'packages/database/dist/testing.js'));
const { asText, comparisonTable, evaluate, evaluationPage, stratumTables } = await import(
  join(root, 'apps/resolver/dist/evaluate/index.js')
);

const postgres = await startTestPostgres();
process.env.KITH_TEST_DATABASE_URL = serverUrl(postgres.url);
const database = await openTestDatabase();
try {
  const startedAt = performance.now();
  const evaluation = await evaluate(database.db, { people, seed });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  print(evaluation);
  if (values.write) await writePage(evaluation, seconds);
  if (evaluation.failures.length > 0) process.exitCode = 1;
} finally {
  await database[Symbol.asyncDispose]();
  await postgres.stop();
}

function print(evaluation) {
  const { decided, undecided, misled } = stratumTables(evaluation);
  console.log(`\n${asText(comparisonTable(evaluation))}`);
  console.log(`\nWhere exact evidence decides\n\n${asText(decided)}`);
  console.log(`\nWhere exact evidence does not decide\n\n${asText(undecided)}`);
  console.log(`\nWhere the CRM itself is wrong\n\n${asText(misled)}`);
  const { failures } = evaluation;
  if (failures.length === 0)
    console.log('\nNo wrong link without asking; nothing missed that exact evidence decides.');
  else
    console.log(
      `\n${failures.length} failures, of which the first ten:\n${failures.slice(0, 10).join('\n')}`,
    );
}

async function writePage(evaluation, seconds) {
  const [cpu] = cpus();
  const page = evaluationPage(evaluation, {
    hardware: `${cpus().length} × ${cpu.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    versions: `Node ${process.version}, Postgres ${evaluation.postgresVersion}`,
    seconds,
    command: `npm run evaluate -- --people ${people} --seed ${seed} --write`,
  });
  await writeFile(join(root, 'docs/evaluation.md'), page);
  console.log('\nwrote docs/evaluation.md');
}

function wholeNumber(name, least) {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= least) return number;
  console.error(`--${name} takes a whole number from ${least}`);
  process.exit(1);
}
