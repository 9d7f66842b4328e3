import { blobSettings } from '@kith/blobs';
import { secret } from '@kith/service';
import * as z from 'zod';

const count = () => z.coerce.number().int().positive();

/** What every ingest service reads, beside `serviceSettings`. */
export const ingestSettings = {
  NATS_URL: z.string().min(1).describe('URL of the NATS server, such as nats://localhost:4222.'),
  KITH_SECRET_KEY: secret().describe(
    'Key that opens account secrets, the same as the resolver’s: 32 bytes in base64.',
  ),
  ...blobSettings,
  KITH_BODY_BYTES_MAX: count().default(48_000_000).describe('Largest webhook body, in bytes.'),
  KITH_BODY_IDLE_MS: count()
    .default(15_000)
    .describe('Longest pause of a client while it sends a body, in milliseconds.'),
  KITH_IN_FLIGHT_MAX: count().default(64).describe('Most webhook requests in progress at once.'),
  KITH_IN_FLIGHT_BYTES_MAX: count()
    .default(256_000_000)
    .describe('Most bytes of webhook bodies in progress at once; at least KITH_BODY_BYTES_MAX.'),
};

/** The values of `ingestSettings`. */
export type IngestConfig = z.infer<z.ZodObject<typeof ingestSettings>>;
