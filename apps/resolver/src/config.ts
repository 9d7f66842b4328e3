import { blobSettings } from '@kith/blobs';
import { secret, serviceSettings } from '@kith/service';
import * as z from 'zod';

const gibibyte = 1024 ** 3;
const streamBytes = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const hourMs = 60 * 60_000;
const milliseconds = (fallback: number) => z.coerce.number().int().nonnegative().default(fallback);

/** Settings of the resolver. */
export const ResolverConfig = z.object({
  ...serviceSettings,
  ...blobSettings,
  DATABASE_URL: secret().describe('Postgres, as postgres://user:password@host:port/database.'),
  NATS_URL: z.string().min(1).describe('NATS with JetStream, as nats://host:port.'),
  KITH_SECRET_KEY: secret().describe(
    'Key that seals account secrets: 32 bytes in base64, the same in the query and ingest services.',
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
  KITH_SLOW_STATEMENT_MS: milliseconds(500).describe(
    'Statements that take longer are logged with their plan, in milliseconds; 0 for never.',
  ),
  KITH_RECONCILE_EVERY_MS: milliseconds(6 * hourMs).describe(
    'How often each account’s provider is asked for what it holds of the recent past, in milliseconds; what is missing ' +
      'here is fetched and told. 0 for never.',
  ),
  KITH_RECONCILE_WINDOW_MS: milliseconds(48 * hourMs).describe(
    'How far back that recent past goes, in milliseconds; longer than any outage should be.',
  ),
});
export type ResolverConfig = z.infer<typeof ResolverConfig>;
