/*
 * An API: the procedures of one router, served three ways. tRPC under `/trpc`, REST under `/v1`, and tRPC's
 * subscriptions, which are taken before they become a `Request`.
 */
import type { TRPCError } from '@trpc/server';
import { Hono } from 'hono';
import { createApiMetrics } from './api-metrics.ts';
import { type ApiOptions, contextsOf, logFailure } from './call-context.ts';
import type { NodeHandler } from './http-server.ts';
import { createRestApi } from './rest/rest-server.ts';
import { createSubscriptionHandler } from './subscription-handler.ts';
import { createTrpcApi } from './trpc-server.ts';

/** An API as a service serves it. */
export interface Api {
  app: Hono;
  nodeHandler: NodeHandler;
}

const bodyBytesMax = 16 * 1024 * 1024;

/** The routes of an API. */
export function createApi(options: ApiOptions): Api {
  const createContext = contextsOf(options, createApiMetrics(options.metrics, options.database));
  const parts = { ...options, bodyBytesMax, createContext };
  const onError = (error: TRPCError, requestId: string, path: string) =>
    logFailure(options, { error, path, requestId });
  const app = new Hono();
  app.route('/', createTrpcApi(parts));
  app.route('/', createRestApi({ ...parts, onError }));
  return { app, nodeHandler: createSubscriptionHandler(parts) };
}
