/*
 * What reads cost on a workspace of a million messages (`--full`: ten million): over HTTP from the built query service,
 * as bare SQL, and beside them the same questions asked by the joins that a CRM would write. All in one run: machines
 * differ, so what counts are the ratios.
 *
 * `-- --messages N --keep DIR --json FILE --only WORD`. With `--keep` the database stays in DIR, and the next run starts
 * at once. `--database URL` takes a server of yours, whose database holds a workspace that was made by `populate`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { withQueryService } from './bench-query/servers.mjs';
import { openMeasuring } from './bench-query/measure.mjs';
import { measureLive } from './bench-query/live.mjs';
import { questionsOf } from './bench-query/questions.mjs';
import { headOf, liveOf, tableOf } from './bench-query/report.mjs';
import { verdictsOf } from './bench-query/verdicts.mjs';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    messages: { type: 'string' },
    keep: { type: 'string' },
    database: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const messages = Number(values.messages ?? (values.full ? 10_000_000 : 1_000_000));

await withQueryService({ messages, keep: values.keep, database: values.database }, async (service) => {
  const measuring = await openMeasuring(service);
  const questions = await questionsOf(service, measuring);
  const rows = await measuring.measure(questions.filter(({ name }) => name.includes(values.only)));
  await measuring.close();
  const report = { ...(await headOf(service)), rows, live: await measureLive(service) };
  console.log(tableOf(report));
  console.log(liveOf(report.live));
  console.log(verdictsOf(report));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
});
