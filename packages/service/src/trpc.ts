/*
 * tRPC as `query` and `resolver` serve it: every procedure needs an API key, the workspace comes from that key
 * alone, cursors are sealed, and an error names its code and field without a word of SQL, stack or payload.
 */
import { errorCodes, type ErrorCode, KithError } from '@kith/contracts';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError, type ZodType } from 'zod';
import type { ApiMetrics, WatchedDatabase } from './api-metrics.ts';
import type { Cursors } from './sealed-cursors.ts';
import { findUnstorable } from './unstorable-text.ts';

/** Whose API key a request has. */
export interface Caller {
  workspace: string;
  keyId: string;
}

/** What a procedure knows of its call. */
export interface ApiContext {
  /** Whose key the request has, asked once for all its calls; procedures see `workspace` instead. */
  findCaller(): Promise<Caller | null>;
  requestId: string;
  metrics: ApiMetrics;
  observeStatements: WatchedDatabase['observeStatements'];
  /** Of a service that has lists. */
  cursors: Cursors | undefined;
  /** Whether an error means that something of ours is down for a moment. */
  isUnavailable(err: unknown): boolean;
}

/** An error as callers receive it beside tRPC's own fields. */
export interface ErrorData {
  code: ErrorCode;
  field: string | null;
  issues: { field: string; message: string }[];
  requestId: string | null;
}

/** What a procedure says of itself, for callers without tRPC. */
export interface ApiMeta {
  /** Where it is served over REST, below `/v1`: a name in braces is a part of its input. */
  rest: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;
  /** What it does, in a few words. */
  summary: string;
  /** Which errors it can end with, besides those of every call: a bad input or key, and ours. */
  errors?: readonly ErrorCode[];
  /** Of a subscription: what each of its events carries. */
  event?: ZodType;
}

const trpcCodes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  499: 'CLIENT_CLOSED_REQUEST',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const;

const t = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
    errorFormatter: ({ shape, error, ctx }) => {
      const { message, ...kith } = describeError(error, ctx?.requestId ?? null);
      return { ...shape, message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, kith } };
    },
  });

/** Groups procedures. */
export const router = t.router;

/** The base of every procedure: measured, with a valid key, and errors as the table has them. */
export const procedure = t.procedure
  .use(async ({ ctx, path, next }) => {
    const end = ctx.metrics.startCall(path);
    const result = await next();
    end(result.ok ? 'ok' : describeError(result.error, ctx.requestId).code);
    return result;
  })
  .use(async ({ ctx, next }) => {
    const result = await next();
    if (result.ok) return result;
    const cause = result.error.cause;
    if (cause instanceof KithError) {
      throw new TRPCError({ code: trpcCodes[errorCodes[cause.code].status], message: cause.message, cause });
    }
    if (cause !== undefined && ctx.isUnavailable(cause)) {
      throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause });
    }
    return result;
  })
  .use(async ({ ctx, next }) => {
    const caller = await ctx.findCaller();
    if (caller === null) {
      throw new KithError('unauthorized', 'send an API key as "Authorization: Bearer <api key>"');
    }
    return next({ ctx: { ...ctx, workspace: caller.workspace, keyId: caller.keyId } });
  })
  .use(async ({ ctx, path, type, signal, next }) => {
    // What a mutation began is brought to its end, whether or not somebody waits for its answer.
    const call = {
      name: path,
      requestId: ctx.requestId,
      signal: type === 'mutation' ? undefined : signal,
    };
    const { value, costs } = await ctx.observeStatements(call, next);
    ctx.metrics.observeCosts(path, costs);
    return value;
  })
  .use(async ({ getRawInput, next }) => {
    const field = findUnstorable(await getRawInput());
    if (field === null) return next();
    throw new KithError('bad_input', `${field}: holds a NUL character or half a surrogate pair`, { field });
  })
  .use(async ({ ctx: { cursors, workspace }, path, getRawInput, next }) => {
    if (cursors === undefined) return next();
    const call = { workspace, procedure: path, input: await getRawInput() };
    const input = cursors.open(call);
    const result = await next({ getRawInput: () => Promise.resolve(input) });
    return result.ok ? { ...result, data: cursors.seal(call, result.data) } : result;
  });

/** What a caller is told of an error. */
export function describeError(error: TRPCError, requestId: string | null): ErrorData & { message: string } {
  const plain = { field: null, issues: [], requestId };
  const cause = error.cause;
  if (cause instanceof KithError) {
    return { ...plain, code: cause.code, field: cause.field ?? null, message: cause.message };
  }
  if (error.code === 'BAD_REQUEST' && cause instanceof ZodError) {
    const issues = cause.issues.map((issue) => ({ field: fieldOf(issue), message: issue.message }));
    const [first] = issues;
    const message = issues.map((issue) => `${issue.field}: ${issue.message}`).join('; ');
    return { ...plain, code: 'bad_input', field: first?.field ?? null, issues, message };
  }
  if (error.code === 'SERVICE_UNAVAILABLE') {
    return { ...plain, code: 'unavailable', message: 'temporarily unavailable; try again' };
  }
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    return {
      ...plain,
      code: 'internal',
      message: `internal error; the log has it as ${requestId ?? 'unknown'}`,
    };
  }
  return { ...plain, code: 'bad_input', message: error.message };
}

function fieldOf(issue: ZodError['issues'][number]): string {
  const path = issue.path.map(String);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...path, ...unknown].join('.') || 'input';
}
