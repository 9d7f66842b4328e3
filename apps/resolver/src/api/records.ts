import { Channel, PipelineId, RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { CountryCode } from '../records/country.ts';
import { deleteRecord } from '../records/delete-records.ts';
import { addToPipeline, PipelineField, writePipeline } from '../records/pipeline.ts';
import { rereadPipeline } from '../records/reread-records.ts';
import { upsertRecords } from '../records/upsert-records.ts';
import { mergeRecords } from '../decisions/merge-records.ts';
import { syncRecord } from '../sync/request-sync.ts';
import { type ApiParts, change } from './context.ts';

const recordsMax = 1000;
/** A record's fields as the CRM has them; together at most this many characters of JSON. */
const fieldsCharsMax = 1_000_000;

const RecordFields = z
  .record(z.string().max(100), z.unknown())
  .refine((fields) => JSON.stringify(fields).length <= fieldsCharsMax, {
    message: `the fields of a record take at most ${fieldsCharsMax} characters of JSON`,
  });

const RecordInput = z.strictObject({
  recordId: RecordId,
  title: z.string().max(1000).optional(),
  fields: RecordFields,
  defaultCountry: CountryCode.nullable().optional(),
});

/** Pipelines: how the fields of a kind of record are read. */
export const pipelinesRouter = (parts: ApiParts) =>
  router({
    /**
     * Says how the fields of a kind of record are read, and which of them identify. Its records are read again;
     * `reread` counts them.
     */
    upsert: procedure
      .meta({
        rest: 'PUT /pipelines/{pipeline}',
        summary: 'Says how the fields of a kind of record are read',
      })
      .input(
        z.strictObject({
          pipeline: PipelineId,
          fields: z.array(PipelineField).max(500),
          defaultCountry: CountryCode.optional(),
          /** Fields and the country that are not named stay as they are, instead of going. */
          keepOthers: z.boolean().optional(),
        }),
      )
      .output(z.object({ pipeline: z.string(), reread: z.int() }))
      .mutation(async ({ ctx, input }) => {
        const { pipeline, fields, defaultCountry, keepOthers } = input;
        const write = keepOthers === true ? addToPipeline : writePipeline;
        await change(parts, ctx, (tx) =>
          write(tx, { pipeline, fields, defaultCountry: defaultCountry ?? null }),
        );
        // Its records are read by what it says now, also when an earlier call was cut short.
        const reread = await rereadPipeline(
          parts.db,
          { workspace: ctx.workspace, pipeline },
          { actor: `key:${ctx.keyId}`, now: () => parts.now(), onChunk: () => parts.relay.wake() },
        );
        return { pipeline, reread };
      }),
  });

/** Records: the CRM's side of every link. */
export const recordsRouter = (parts: ApiParts) =>
  router({
    /**
     * Writes a record as the CRM has it. `linked` counts the participants that its identifiers newly linked. Fails
     * with `pipeline_not_found`.
     */
    upsert: procedure
      .meta({
        rest: 'PUT /records/{recordId}',
        summary: 'Writes a record as the CRM has it',
        errors: ['pipeline_not_found'],
      })
      .input(RecordInput.extend({ pipeline: PipelineId }))
      .output(z.object({ recordId: z.string(), linked: z.int() }))
      .mutation(async ({ ctx, input: { pipeline, ...record } }) => {
        const linked = await change(parts, ctx, (tx, decision) =>
          upsertRecords(tx, { pipeline, records: [record] }, decision),
        );
        return { recordId: record.recordId, linked: linked.get(record.recordId) ?? 0 };
      }),

    /** The same for up to 1,000 records at once, all or none. */
    upsertMany: procedure
      .meta({
        rest: 'POST /records',
        summary: 'Writes many records of one pipeline',
        errors: ['pipeline_not_found'],
      })
      .input(z.strictObject({ pipeline: PipelineId, records: z.array(RecordInput).max(recordsMax) }))
      .output(z.object({ upserted: z.int(), linked: z.int() }))
      .mutation(async ({ ctx, input }) => {
        const linked = await change(parts, ctx, (tx, decision) => upsertRecords(tx, input, decision));
        return { upserted: linked.size, linked: [...linked.values()].reduce((sum, count) => sum + count, 0) };
      }),

    /** Deletes a record; its participants become free for others. `deleted` is false when it was gone before. */
    delete: procedure
      .meta({
        rest: 'DELETE /records/{recordId}',
        summary: 'Deletes a record, and with it its links',
        errors: ['record_not_found'],
      })
      .input(z.strictObject({ recordId: RecordId }))
      .output(z.object({ deleted: z.boolean() }))
      .mutation(({ ctx, input }) =>
        change(parts, ctx, (tx, decision) => deleteRecord(tx, input.recordId, decision)),
      ),

    /**
     * Moves a record's participants and identifiers to another, for good or until `participants.undo`. `eventId`
     * is null when nothing changed.
     */
    merge: procedure
      .meta({
        rest: 'POST /records/{recordId}/merge',
        summary: 'Merges a record into another',
        errors: ['record_not_found', 'record_deleted', 'record_merged'],
      })
      .input(z.strictObject({ recordId: RecordId, intoRecordId: RecordId }))
      .output(z.object({ merged: z.boolean(), moved: z.int(), eventId: z.string().nullable() }))
      .mutation(async ({ ctx, input }) => {
        const { eventId, ...answer } = await change(parts, ctx, (tx, stamp) =>
          mergeRecords(tx, input, stamp),
        );
        return { ...answer, eventId: eventId === null ? null : String(eventId) };
      }),

    /**
     * Asks the channels for the record's history; `sync.status` tells how far it is. Fails with
     * `record_not_found`.
     */
    sync: procedure
      .meta({
        rest: 'POST /records/{recordId}/sync',
        summary: 'Asks the channels for a record’s history',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(z.strictObject({ recordId: RecordId, channels: z.array(Channel).min(1).optional() }))
      .output(z.object({ syncId: z.string() }))
      .mutation(async ({ ctx, input: { recordId, channels = null } }) => {
        const syncId = await change(parts, ctx, (tx, decision) =>
          syncRecord(tx, { recordId, channels }, decision),
        );
        return { syncId };
      }),
  });
