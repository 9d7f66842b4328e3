import { authenticateKey, isRetryable } from '@kith/database';
import { type Api, type ApiOptions, createApi } from '@kith/service';
import { about } from './about.ts';
import type { ApiParts } from './api/context.ts';
import { createResolverRouter } from './api/router.ts';

/** The resolver's HTTP routes: its mutations under `/trpc` and `/v1`. */
export function createResolverApp(parts: ApiParts & Pick<ApiOptions, 'log' | 'metrics'>): Api {
  return createApi({
    router: createResolverRouter(parts),
    about,
    log: parts.log,
    metrics: parts.metrics,
    database: parts.db,
    authenticate: (apiKey) => authenticateKey(parts.db, apiKey),
    isUnavailable: isRetryable,
  });
}
