/*
 * Plays a population through the resolver on a real database: records written as a CRM sends them, deliveries applied
 * as the consumer does, and then what every identity is linked to.
 */
import { randomBytes } from 'node:crypto';
import { type Database, rowSet } from '@kith/database';
import { createSecretBox } from '@kith/service';
import { sql } from 'drizzle-orm';
import { upsertAccount } from '../accounts/upsert-account.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { writePipeline } from '../records/pipeline.ts';
import { type RecordInput, upsertRecords } from '../records/upsert-records.ts';
import { replaceTeam } from '../team/replace-team.ts';
import { TeamInput } from '../team/team-input.ts';
import { pipelines } from './draft.ts';
import { ownDomain, ownIdentifiers } from './own-identities.ts';
import { type Phase, type PlannedRecord, type Population, valuesIn } from './population.ts';
import { makeTraffic, readNaming } from './traffic.ts';
import { writesIn } from './writes.ts';

/** What the resolver made of an identity. */
export interface Resolved {
  identityId: number;
  /** The live participants that its identifiers belong to: one, when all goes well. */
  participantIds: string[];
  status: 'linked' | 'unlinked' | 'ambiguous' | 'internal';
  recordId: string | null;
  /** Linked while another record holds it too: listed for review. */
  contested: boolean;
}

const batchSize = 256;
const options = { at: '2026-11-01T08:00:01.000Z', actor: 'rule' };

/** Plays everything in a fresh workspace, and reads what came of it: one answer for each identity. */
export async function playPopulation(
  db: Database,
  population: Population,
  { seed, workspace }: { seed: number; workspace: string },
): Promise<{ resolved: Resolved[]; deliveries: number; messages: number }> {
  await connect(db, workspace);
  const deliveries = makeTraffic(population, { seed, workspace });
  const half = Math.ceil(deliveries.length / 2);
  await writeRecords(db, workspace, { population, phase: 0 });
  await applyAll(db, workspace, deliveries.slice(0, half));
  await writeRecords(db, workspace, { population, phase: 1 });
  await applyAll(db, workspace, deliveries.slice(half));
  await writeRecords(db, workspace, { population, phase: 2 });
  const messages = new Set(deliveries.flatMap(({ items }) => items)).size;
  return { resolved: await readResolved(db, workspace, population), deliveries: deliveries.length, messages };
}

async function connect(db: Database, workspace: string): Promise<void> {
  await db.rows(sql`insert into workspace (id) values (${workspace}) on conflict do nothing`);
  const secrets = createSecretBox(randomBytes(32).toString('base64'));
  await db.write(workspace, async (tx) => {
    for (const pipeline of pipelines) {
      await writePipeline(tx, {
        ...pipeline,
        fields: [
          { key: 'email', type: 'email' },
          { key: 'phone', type: 'phone' },
          { key: 'linkedin', type: 'linkedin' },
          { key: 'website', type: 'url' },
          { key: 'notes', type: 'text' },
        ],
      });
    }
    for (const channel of ['email', 'whatsapp', 'linkedin'] as const) {
      await upsertAccount(
        tx,
        {
          accountId: `our-${channel}`,
          channel,
          provider: 'mime',
          identifiers: [ownIdentifiers[channel]],
          secrets: { token: 'evaluation' },
          settings: {},
        },
        { ...options, secrets },
      );
    }
    await replaceTeam(tx, TeamInput.parse({ identifiers: [], domains: [ownDomain] }), options);
  });
}

async function writeRecords(
  db: Database,
  workspace: string,
  { population, phase }: { population: Population; phase: Phase },
): Promise<void> {
  for (const { pipeline, records } of writesIn(phase, population.records)) {
    const input = { pipeline, records: records.map((record) => toInput(record, phase)) };
    await db.write(workspace, (tx) => upsertRecords(tx, input, options));
  }
}

function toInput(record: PlannedRecord, phase: Phase): RecordInput {
  const fields: Record<string, unknown> = { ...record.others };
  for (const field of ['email', 'phone', 'linkedin'] as const) {
    const values = valuesIn(record, phase).filter((value) => value.field === field);
    fields[field] = values.length === 1 ? values[0]?.shown : values.map(({ shown }) => shown);
  }
  const { recordId, title, defaultCountry } = record;
  return { recordId, title, fields, defaultCountry };
}

async function applyAll(
  db: Database,
  workspace: string,
  deliveries: ReturnType<typeof makeTraffic>,
): Promise<void> {
  for (let from = 0; from < deliveries.length; from += batchSize) {
    const batch = deliveries
      .slice(from, from + batchSize)
      .map((delivery, index) => ({ delivery, seq: from + index + 1, bytes: 1000 }));
    await db.write(workspace, (tx) => applyBatch(tx, batch, options.at));
  }
}

type Row = Omit<Resolved, 'participantIds'> & { participantId: string };

async function readResolved(db: Database, workspace: string, population: Population): Promise<Resolved[]> {
  const named = population.identities.flatMap(({ id, channel, namings }) =>
    namings.flatMap((naming) => {
      const identifier = readNaming(naming);
      return identifier === null ? [] : [{ id, channel, ...identifier }];
    }),
  );
  const rows = await db.rows<Row>(sql`
    select distinct input.id as "identityId", p.id as "participantId", p.status, p.record_id as "recordId",
      p.record_id is not null and cardinality(p.candidates) > 0 as contested
    from ${rowSet(named, 'id int, channel text, kind text, value text')}
    join participant_identifier i on i.workspace_id = ${workspace} and i.channel = input.channel
      and i.kind = input.kind and i.value = input.value
    join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id
    order by input.id, p.id`);
  const byIdentity = new Map<number, Row[]>(population.identities.map(({ id }) => [id, []]));
  for (const row of rows) byIdentity.get(row.identityId)?.push(row);
  return [...byIdentity].map(([id, found]) => joined(id, found));
}

/** An identity whose ids are several participants is linked when all of them say the same. */
function joined(identityId: number, rows: readonly Row[]): Resolved {
  const [first] = rows;
  const agree = first !== undefined && rows.every(({ recordId }) => recordId === first.recordId);
  const { status, recordId, contested } = agree
    ? first
    : { status: 'unlinked' as const, recordId: null, contested: false };
  return {
    identityId,
    participantIds: rows.map(({ participantId }) => participantId),
    status,
    recordId,
    contested,
  };
}
