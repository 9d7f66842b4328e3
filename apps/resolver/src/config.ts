import { blobSettings } from '@kith/blobs';
import { secret, serviceSettings } from '@kith/service';
import * as z from 'zod';

/** Settings of the resolver. */
export const ResolverConfig = z.object({
  ...serviceSettings,
  ...blobSettings,
  DATABASE_URL: secret().describe('Postgres, as postgres://user:password@host:port/database.'),
  NATS_URL: z.string().min(1).describe('NATS with JetStream, as nats://host:port.'),
  KITH_SECRET_KEY: secret().describe(
    'Key that seals account secrets: 32 bytes in base64, the same in the resolver and the ingest services.',
  ),
  KITH_INBOUND_BYTES_MAX: z.coerce
    .number()
    .int()
    .positive()
    .default(8 * 1024 ** 3)
    .describe('Most bytes that the stream of deliveries may hold; past it webhooks are answered 503.'),
});
export type ResolverConfig = z.infer<typeof ResolverConfig>;
