import { authenticateKey, isRetryable } from '@kith/database';
import { type ApiOptions, createApi } from '@kith/service';
import type { Hono } from 'hono';
import { about } from './about.ts';
import type { ApiParts } from './api/context.ts';
import { createResolverRouter } from './api/router.ts';

/** The resolver's HTTP routes: its mutations under `/trpc` and `/v1`. */
export function createResolverApp(parts: ApiParts & Pick<ApiOptions, 'log' | 'metrics'>): Hono {
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
