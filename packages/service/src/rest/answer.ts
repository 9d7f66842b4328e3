/*
 * What REST answers: JSON, and of every error the same body, with the status of the error's code. Answers hold
 * people's mail and are kept by nobody on the way.
 */
import { errorCodes, type ErrorCode, KithError } from '@kith/contracts';
import { TRPCError } from '@trpc/server';
import * as z from 'zod';
import { describeError } from '../trpc.ts';

/** The body of every answer that is an error. */
export const ApiError = z.strictObject({
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  /** The part of the input at fault. */
  field: z.string().nullable(),
  /** Every part at fault. */
  issues: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  /** What the service's log has the error under. */
  requestId: z.string().nullable(),
});
export type ApiError = z.infer<typeof ApiError>;

/** Seconds after which to try again what is away for a moment. */
export const retryAfterSeconds = 2;

const noStore = { 'cache-control': 'no-store' };

/** Answers what a procedure answered. */
export function jsonAnswer(value: unknown): Response {
  return Response.json(value, { headers: noStore });
}

/** Answers an error. */
export function errorAnswer(
  error: TRPCError,
  requestId: string | null,
  headers: Record<string, string> = {},
): Response {
  const { code, message, field, issues } = describeError(error, requestId);
  const { status } = errorCodes[code];
  const body: ApiError = { code, message, field, issues, requestId };
  return Response.json(body, { status, headers: { ...noStore, ...headersOf(status), ...headers } });
}

/** Answers what is refused before there is a procedure to call. */
export function refusal(
  code: 'path_not_found' | 'method_not_allowed' | 'too_large' | 'unavailable',
  { requestId, allow }: { requestId: string | null; allow?: readonly string[] },
): Response {
  const cause = new KithError(code, errorCodes[code].means);
  const headers = allow === undefined ? {} : { allow: allow.join(', ') };
  return errorAnswer(new TRPCError({ code: 'BAD_REQUEST', cause }), requestId, headers);
}

function headersOf(status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  return status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {};
}
