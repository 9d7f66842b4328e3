import { type Bus, BusUnavailable } from '@kith/bus';
import { authenticateKey, type Database, isRetryable } from '@kith/database';
import { type ApiOptions, createApi, type Cursors, type Logger } from '@kith/service';
import { about } from './about.ts';
import { createQueryRouter } from './router.ts';
import type { EventFeed } from './event-feed.ts';

/** The routes of the query service. */
export function createQueryApp(parts: {
  db: Database;
  bus: Bus;
  feed: EventFeed;
  cursors: Cursors;
  log: Logger;
  metrics: ApiOptions['metrics'];
}): ReturnType<typeof createApi> {
  return createApi({
    router: createQueryRouter(parts),
    about,
    log: parts.log,
    metrics: parts.metrics,
    database: parts.db,
    cursors: parts.cursors,
    authenticate: (apiKey) => authenticateKey(parts.db, apiKey),
    isUnavailable: (err) => isRetryable(err) || err instanceof BusUnavailable,
  });
}
