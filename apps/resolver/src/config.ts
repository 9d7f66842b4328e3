import { blobSettings } from '@kith/blobs';
import { secret, serviceSettings } from '@kith/service';
import * as z from 'zod';

const gibibyte = 1024 ** 3;
const streamBytes = (fallback: number) => z.coerce.number().int().positive().default(fallback);

/** Settings of the resolver. */
export const ResolverConfig = z.object({
  ...serviceSettings,
  ...blobSettings,
  DATABASE_URL: secret().describe('Postgres, as postgres://user:password@host:port/database.'),
  NATS_URL: z.string().min(1).describe('NATS with JetStream, as nats://host:port.'),
  KITH_SECRET_KEY: secret().describe(
    'Key that seals account secrets: 32 bytes in base64, the same in the resolver and the ingest services.',
  ),
  KITH_RECEIVED_BYTES_MAX: streamBytes(gibibyte).describe(
    'Most bytes of webhooks that NATS keeps for the ingest services to read; past it webhooks are answered 503.',
  ),
  KITH_INBOUND_BYTES_MAX: streamBytes(2 * gibibyte).describe(
    'Most bytes of deliveries that NATS keeps. Half full, settled ones make room; full of unsettled ones, webhooks ' +
      'are answered 503.',
  ),
  KITH_EVENTS_BYTES_MAX: streamBytes(gibibyte).describe(
    'Most bytes of events that NATS keeps for subscribers; past it events wait in Postgres until older ones expire.',
  ),
});
export type ResolverConfig = z.infer<typeof ResolverConfig>;
