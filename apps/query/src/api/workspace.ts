import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor } from '../cursor.ts';
import { verify, WalkPosition } from '../integrity/verify.ts';
import { requireRecord } from '../reads/record.ts';
import { Verification } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs } from './inputs.ts';

/** What is asked of a workspace as a whole. */
export function workspaceApi({ db }: Sources) {
  return router({
    verify: procedure
      .meta({
        rest: 'GET /workspace/verification',
        summary: 'Checks that the invariants hold, a part at a time',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(
        z
          .strictObject({ recordId: inputs.recordId.optional(), cursor: inputs.cursor.optional() })
          .prefault({}),
      )
      .output(Verification)
      .query(async ({ ctx, input: { recordId, cursor } }) => {
        const from = decodeCursor(cursor, WalkPosition);
        if (recordId !== undefined) await requireRecord(db, ctx.workspace, recordId);
        return verify(db, { workspace: ctx.workspace, recordId }, from);
      }),
  });
}
