import type { ErrorCode } from '@kith/contracts';

/** Why a call failed: a code from the table in `docs/errors.md`, a sentence, and the part of the input at fault. */
export interface KithErrorData {
  code: ErrorCode;
  field: string | null;
  message: string;
  /** Every part of the input at fault, when the input does not fit. */
  issues: { field: string; message: string }[];
}

/**
 * What Kith says about an error that a call threw or a subscription ended with; null when Kith did not answer at
 * all (the network, a proxy, an abort).
 *
 * @example
 * ```ts
 * try {
 *   await kith.read.records.get.query({ recordId: '93' });
 * } catch (err) {
 *   const known = kithError(err);
 *   if (known?.code === 'record_not_found') showEmpty();
 *   else if (known !== null) showMessage(known.message);
 *   else throw err;
 * }
 * ```
 */
export function kithError(err: unknown): KithErrorData | null {
  if (!(err instanceof Error) || !('data' in err)) return null;
  const data = err.data as { kith?: Omit<KithErrorData, 'message'> } | null | undefined;
  if (typeof data?.kith?.code !== 'string') return null;
  const { code, field, issues } = data.kith;
  return { code, field, message: err.message, issues };
}
