import { authenticateKey, isRetryable } from '@kith/database';
import { type ApiOptions, createApi } from '@kith/service';
import type { Hono } from 'hono';
import type { ApiParts } from './api/context.ts';
import { createResolverRouter } from './api/router.ts';

/** The resolver's HTTP routes: its mutations under `/trpc`. */
export function createResolverApp(parts: ApiParts & Pick<ApiOptions, 'log' | 'metrics'>): Hono {
  return createApi({
    router: createResolverRouter(parts),
    log: parts.log,
    metrics: parts.metrics,
    database: parts.db,
    authenticate: (apiKey) => authenticateKey(parts.db, apiKey),
    isUnavailable: isRetryable,
  });
}
