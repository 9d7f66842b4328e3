import { type Bus, BusUnavailable } from '@kith/bus';
import { authenticateKey, type Database, isRetryable } from '@kith/database';
import { type Api, type ApiOptions, createApi, type Cursors, type Logger } from '@kith/service';
import { about } from './about.ts';
import { shareAnswers } from './share-answers.ts';
import { createQueryRouter } from './router.ts';
import type { Live } from './live.ts';

/** The routes of the query service. */
export function createQueryApp(parts: {
  db: Database;
  bus: Bus;
  live: Live;
  cursors: Cursors;
  log: Logger;
  metrics: ApiOptions['metrics'];
}): Api {
  return createApi({
    router: createQueryRouter(parts),
    about,
    log: parts.log,
    metrics: parts.metrics,
    database: parts.db,
    cursors: parts.cursors,
    authenticate: shareAnswers((apiKey: string) => authenticateKey(parts.db, apiKey)),
    isUnavailable: (err) => isRetryable(err) || err instanceof BusUnavailable,
  });
}
