import { ingestSettings } from '@kith/ingest';
import { serviceSettings } from '@kith/service';
import * as z from 'zod';

const count = () => z.coerce.number().int().positive();

/** Everything that `ingest-email` reads from its environment. */
export const emailConfig = z.object({
  ...serviceSettings,
  ...ingestSettings,
  KITH_PARSE_THREADS: count()
    .max(64)
    .default(2)
    .describe('Threads that parse mails; as many as the machine has processors is most useful.'),
  KITH_PARSE_DEADLINE_MS: count()
    .default(10_000)
    .describe('Longest time to parse one mail, in milliseconds; a mail that takes longer is dead-lettered.'),
  KITH_PARSE_WAIT_MS: count()
    .default(20_000)
    .describe('Longest wait for a free parser thread, in milliseconds; after it the answer is 503.'),
  KITH_PARSE_MEMORY_MB: count()
    .default(512)
    .describe('Heap limit of a parser thread, in megabytes; a mail that needs more is dead-lettered.'),
});
