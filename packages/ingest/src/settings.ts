import { blobSettings } from '@kith/blobs';
import { secret } from '@kith/service';
import * as z from 'zod';

const count = () => z.coerce.number().int().positive();

/** How bodies are read. */
const readerSettings = {
  KITH_PARSE_THREADS: count()
    .max(64)
    .default(2)
    .describe(
      'Threads that read large or difficult bodies; as many as the machine has processors is most useful.',
    ),
  KITH_PARSE_DEADLINE_MS: count()
    .default(30_000)
    .describe(
      'Longest time to read one body in a thread, in milliseconds; one that takes longer is dead-lettered.',
    ),
  KITH_PARSE_MEMORY_MB: count()
    .default(512)
    .describe('Heap limit of a reader thread, in megabytes; a body that needs more is dead-lettered.'),
};

/** What every ingest service reads, beside `serviceSettings`. */
export const ingestSettings = {
  NATS_URL: z.string().min(1).describe('URL of the NATS server, such as nats://localhost:4222.'),
  KITH_SECRET_KEY: secret().describe(
    'Key that opens account secrets, the same as the resolver’s: 32 bytes in base64.',
  ),
  ...blobSettings,
  KITH_PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'Public base URL of this service, where a proxy stands before it: some providers sign the URL they post to.',
    ),
  KITH_BODY_BYTES_MAX: count().default(48_000_000).describe('Largest webhook body, in bytes, also unzipped.'),
  KITH_BODY_IDLE_MS: count()
    .default(15_000)
    .describe('Longest pause of a client while it sends a body, in milliseconds.'),
  KITH_IN_FLIGHT_MAX: count().default(64).describe('Most webhook requests in progress at once.'),
  KITH_IN_FLIGHT_BYTES_MAX: count()
    .default(256_000_000)
    .describe('Most bytes of webhook bodies in progress at once; at least KITH_BODY_BYTES_MAX.'),
  ...readerSettings,
  KITH_EGRESS_ALLOW: z
    .string()
    .default('')
    .describe(
      'Hosts that may be fetched from although their addresses are not public, as host:port, separated by commas.',
    ),
};

/** The values of `ingestSettings`. */
export type IngestConfig = z.infer<z.ZodObject<typeof ingestSettings>>;
/** The values of the settings about reading. */
export type ReaderConfig = z.infer<z.ZodObject<typeof readerSettings>>;
