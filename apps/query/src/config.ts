import { blobSettings } from '@kith/blobs';
import { secret, serviceSettings } from '@kith/service';
import * as z from 'zod';

/** What the query service is told by its environment. */
export const QueryConfig = z.object({
  ...serviceSettings,
  ...blobSettings,
  DATABASE_URL: secret().describe(
    'Postgres, as postgres://user:password@host:port/database; only read from.',
  ),
  NATS_URL: z.string().min(1).describe('NATS with JetStream, as nats://host:port.'),
  KITH_SECRET_KEY: secret().describe(
    'Key that seals the cursors of lists and the links to files, the same as the resolver’s: 32 bytes in base64.',
  ),
  KITH_STATEMENT_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(10_000)
    .describe(
      'How long a statement may take in Postgres, in milliseconds; past it a read ends as `too_slow`.',
    ),
  KITH_SLOW_STATEMENT_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(500)
    .describe('Statements that take longer are logged with their plan, in milliseconds; 0 for never.'),
  KITH_SUBSCRIBERS_MAX: z.coerce
    .number()
    .int()
    .positive()
    .default(5_000)
    .describe('Live subscriptions that one process serves; more are answered 503 and connect again later.'),
});
