import { KithError } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { FileLink } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs } from './inputs.ts';

/** The files of messages. */
export function attachmentsApi(_sources: Sources) {
  return router({
    /**
     * Where the bytes of attachments can be fetched for ten minutes, at most 100 ids, as `{ items }`; those that are
     * not known or whose bytes are not here are left out.
     */
    links: procedure
      .meta({ rest: 'POST /attachments/links', summary: 'Where the bytes of attachments can be fetched' })
      .input(z.strictObject({ attachmentIds: z.array(inputs.id).max(100) }))
      .output(z.object({ items: z.array(FileLink) }))
      .query(() => {
        throw new KithError('unavailable', 'not here yet');
      }),
  });
}
