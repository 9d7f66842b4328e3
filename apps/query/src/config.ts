import { secret, serviceSettings } from '@kith/service';
import * as z from 'zod';

/** What the query service is told by its environment. */
export const QueryConfig = z.object({
  ...serviceSettings,
  DATABASE_URL: secret().describe(
    'Postgres, as postgres://user:password@host:port/database; only read from.',
  ),
  NATS_URL: z.string().min(1).describe('NATS with JetStream, as nats://host:port.'),
  KITH_SUBSCRIBERS_MAX: z.coerce
    .number()
    .int()
    .positive()
    .default(5_000)
    .describe('Live subscriptions that one process serves; more are answered 503 and connect again later.'),
});
