import { type Bus, BusUnavailable } from '@kith/bus';
import { authenticateKey, isRetryable, type Rows } from '@kith/database';
import {
  type ApiOptions,
  createApi,
  createSubscriptionHandler,
  type Logger,
  type RunningService,
} from '@kith/service';
import { shareAnswers } from './share-answers.ts';
import { createQueryRouter } from './router.ts';
import type { Live } from './live.ts';

/** The routes of the query service. */
export function createQueryApp(parts: {
  db: Rows;
  bus: Bus;
  live: Live;
  log: Logger;
  metrics: ApiOptions['metrics'];
}): Required<Omit<RunningService, 'stop'>> {
  const options: ApiOptions = {
    router: createQueryRouter(parts),
    log: parts.log,
    metrics: parts.metrics,
    authenticate: shareAnswers((apiKey: string) => authenticateKey(parts.db, apiKey)),
    isUnavailable: (err) => isRetryable(err) || err instanceof BusUnavailable,
  };
  return { app: createApi(options), nodeHandler: createSubscriptionHandler(options) };
}
