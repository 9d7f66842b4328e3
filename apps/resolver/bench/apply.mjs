/*
 * How many mails a second the resolver writes, in batches and, as the baseline of the same run, one a transaction.
 * Everybody who writes is a record; what its read model costs is told beside.
 * Needs KITH_TEST_DATABASE_URL; `npm run bench:resolver` starts an embedded Postgres with its durability on.
 */
import { createHash, randomUUID } from 'node:crypto';
import { cpus, totalmem } from 'node:os';
import { openTestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { applyBatch } from '../dist/apply/apply-batch.js';

const mailCount = Number(process.env.MAILS ?? 10_000);
const batchSize = 256;
const database = await openTestDatabase();

await makeRecords(['batched', 'without', 'single']);
const batched = await measure('batched', mailCount, batchSize);
await setReadModel('disable');
const withoutReads = await measure('without', mailCount, batchSize);
await setReadModel('enable');
const single = await measure('single', Math.ceil(mailCount / 10), 1);

const [cpu] = cpus();
console.log(
  `hardware: ${cpus().length} × ${cpu.model}, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}`,
);
console.log(`batches of ${batchSize}: ${Math.round(batched)} mails/s`);
console.log(`without the read model of records: ${Math.round(withoutReads)} mails/s`);
console.log(`one a transaction: ${Math.round(single)} mails/s`);
console.log(
  `ratio: ${(batched / single).toFixed(1)}; with the read model ${(batched / withoutReads).toFixed(2)} of without`,
);

/** Everybody who writes is a record: each message is on one. */
async function makeRecords(workspaces) {
  for (const workspace of workspaces) {
    await database.db.rows(sql`insert into record (workspace_id, record_id, pipeline, fields, unreadable)
      select ${workspace}, n::text, 'contacts', '{}', '[]' from generate_series(0, 1999) n`);
    await database.db.rows(sql`
      insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
      select ${workspace}, 'email', 'person' || n || '@customers.example', n::text, n::text, 'email'
      from generate_series(0, 1999) n`);
  }
}

async function setReadModel(state) {
  const tables = ['participant', 'conversation', 'conversation_participant', 'message'];
  for (const table of tables) await database.db.rows(sql.raw(`alter table ${table} ${state} trigger user`));
}

async function measure(workspace, count, size) {
  const deliveries = Array.from({ length: count }, (_, index) => deliveryOf(workspace, index));
  const startedAt = performance.now();
  for (let from = 0; from < count; from += size) {
    const batch = deliveries.slice(from, from + size);
    await database.db.write(workspace, (tx) => applyBatch(tx, batch, new Date().toISOString()));
  }
  return count / ((performance.now() - startedAt) / 1000);
}

/** Threads of five mails between one of two thousand people and the support desk. */
function deliveryOf(workspace, index) {
  const thread = Math.floor(index / 5);
  const person = `person${thread % 2000}@customers.example`;
  const id = `m${index}@bench.example`;
  const party = (role, value) => ({ role, identifiers: [{ kind: 'email', value }], displayName: null });
  const message = {
    kind: 'message',
    externalId: createHash('sha256').update(id).digest('base64url'),
    conversation: {
      kind: 'thread',
      messageIds: index % 5 === 0 ? [id] : [id, `m${thread * 5}@bench.example`],
    },
    participants: [party('from', person), party('to', 'support@acme.example')],
    subject: `Question ${thread}`,
    text: 'Could you tell me when the order leaves your warehouse? '.repeat(20),
    html: null,
    attachments: [],
    sentAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
  };
  return {
    seq: index + 1,
    bytes: 1500,
    delivery: {
      version: 1,
      id: randomUUID(),
      workspace,
      accountId: 'bench',
      channel: 'email',
      provider: 'mime',
      origin: 'webhook',
      receivedAt: '2026-11-01T00:00:00.000Z',
      raw: { key: `${workspace}/00/raw`, size: 1 },
      items: [message],
    },
  };
}
await database[Symbol.asyncDispose]();
