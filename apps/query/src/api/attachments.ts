import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { findStoredAttachments } from '../reads/attachment-files.ts';
import { FileLink } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs } from './inputs.ts';

/** The files of messages. */
export function attachmentsApi({ db, fileLinks }: Sources) {
  return router({
    /**
     * Where the bytes of attachments can be fetched for ten minutes, at most 100 ids, as `{ items }`; those that are
     * not known or whose bytes are not here are left out.
     */
    links: procedure
      .meta({ rest: 'POST /attachments/links', summary: 'Where the bytes of attachments can be fetched' })
      .input(z.strictObject({ attachmentIds: z.array(inputs.id).max(100) }))
      .output(z.object({ items: z.array(FileLink) }))
      .query(async ({ ctx, input }) => {
        const found = await findStoredAttachments(db, ctx.workspace, input.attachmentIds);
        const linkTo = (attachmentId: string) => fileLinks.seal({ workspace: ctx.workspace, attachmentId });
        return { items: found.map((attachmentId) => ({ attachmentId, ...linkTo(attachmentId) })) };
      }),
  });
}
