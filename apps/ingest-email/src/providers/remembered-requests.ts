/*
 * The requests that proved themselves lately, by their signatures.
 *
 * A signed time must be recent, or whoever once saw a request could send it for ever. But a provider whose first try
 * was answered 503 may send the very same request again hours later: one that was seen while it was recent is known,
 * and is taken. Memory is of one process and bounded; what is forgotten is judged by its time alone.
 */

/** How long requests are known, and how many; the oldest are forgotten first. */
export interface MemoryLimits {
  keptMs: number;
  entriesMax: number;
}

/** What is known of requests. */
export interface RememberedRequests {
  /**
   * Whether a request with this signature and this digest of its content is to be taken: when it is recent or known,
   * and no other content came with the signature. It is known from then on.
   */
  admits(request: { signature: string; digest: string; isRecent: boolean; nowMs: number }): boolean;
}

/** A memory without anything in it. */
export function rememberRequests({ keptMs, entriesMax }: MemoryLimits): RememberedRequests {
  const known = new Map<string, { digest: string; untilMs: number }>();
  const forget = (nowMs: number): void => {
    for (const [signature, { untilMs }] of known) {
      if (untilMs > nowMs && known.size <= entriesMax) return;
      known.delete(signature);
    }
  };
  return {
    admits: ({ signature, digest, isRecent, nowMs }) => {
      forget(nowMs);
      const before = known.get(signature);
      if (before !== undefined) return before.digest === digest;
      if (!isRecent) return false;
      known.set(signature, { digest, untilMs: nowMs + keptMs });
      return true;
    },
  };
}
