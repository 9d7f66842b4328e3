import { Identifier, KithError, RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { erasePerson, previewErasure } from '../erase/erase-person.ts';
import type { PersonInput } from '../erase/find-person.ts';
import type { ApiParts } from './context.ts';
import { ParticipantId } from './participants.ts';

/** How long one call works before it answers that there is more. */
const workMs = 5_000;

const EraseInput = z.strictObject({
  confirm: z.literal(true),
  dryRun: z.boolean().optional(),
  participantId: ParticipantId.optional(),
  recordId: RecordId.optional(),
  identifier: Identifier.optional(),
});

/** People, apart from what they are on one channel. */
export const peopleRouter = (parts: ApiParts) =>
  router({
    /** Answers what went by table; unless it is `done`, call it again. */
    erase: procedure
      .meta({
        rest: 'POST /people/erase',
        summary: 'Erases a person, a part at a time',
        errors: ['participant_not_found', 'record_not_found', 'participant_internal'],
      })
      .input(EraseInput)
      .output(z.object({ erased: z.record(z.string(), z.int()), done: z.boolean() }))
      .mutation(({ ctx, input }) => {
        const request = { workspace: ctx.workspace, person: personOf(input) };
        const erase = input.dryRun === true ? previewErasure : erasePerson;
        return erase(parts.db, request, {
          hash: parts.hash,
          actor: `key:${ctx.keyId}`,
          now: () => parts.now(),
          workMs,
          onChunk: () => parts.relay.wake(),
        });
      }),
  });

function personOf({ participantId, recordId, identifier }: z.infer<typeof EraseInput>): PersonInput {
  const given: PersonInput[] = [
    ...(participantId === undefined ? [] : [{ participantId }]),
    ...(recordId === undefined ? [] : [{ recordId }]),
    ...(identifier === undefined ? [] : [{ identifier }]),
  ];
  const [person, other] = given;
  if (person !== undefined && other === undefined) return person;
  const message = 'give one of participantId, recordId and identifier';
  throw new KithError('bad_input', message, { field: 'participantId' });
}
