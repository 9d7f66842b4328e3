/*
 * Fetches one file from a provider, and says how it ended in the terms of `fetchMedia`.
 *
 * An answer that another try would not change is a failure with its reason; patience asked for, errors of the
 * provider and of the network are thrown and tried again.
 */
import { type Egress, EgressRefused, type EgressRequest, type EgressResponse } from './egress.ts';
import { type MediaResult, TryAgainLater } from './provider.ts';

/** Larger files are not kept: WhatsApp's own limit for documents is 100 MB. */
export const mediaBytesMax = 100_000_000;
export const mediaTimeoutMs = 120_000;

/** Fetches the file behind a URL. */
export async function fetchFile(
  egress: Egress,
  request: Pick<EgressRequest, 'url' | 'headers'>,
): Promise<MediaResult> {
  const answer = await getFrom(egress, { ...request, bytesMax: mediaBytesMax, timeoutMs: mediaTimeoutMs });
  if ('ended' in answer) return answer;
  const [type = ''] = (answer.headers['content-type'] ?? '').split(';');
  return { ended: 'fetched', bytes: answer.body, type: type.trim().toLowerCase() || null };
}

/** The answer when it is a 200, or how it failed for good. Throws when another try may succeed. */
export async function getFrom(
  egress: Egress,
  request: EgressRequest,
): Promise<EgressResponse | Extract<MediaResult, { ended: 'failed' }>> {
  let answer: EgressResponse;
  try {
    answer = await egress.get(request);
  } catch (err) {
    if (!(err instanceof EgressRefused)) throw err;
    return { ended: 'failed', failure: err.reason, detail: err.message.slice(0, 300) };
  }
  const { status } = answer;
  if (status === 200) return answer;
  const detail = `the provider answered ${status}`;
  throwIfPassing(answer, detail);
  if (status === 404 || status === 410) return { ended: 'failed', failure: 'not_found', detail };
  return { ended: 'failed', failure: 'refused', detail };
}

/** Throws for an answer that another try may change: patience asked for, or an error of the provider's own. */
export function throwIfPassing(
  { status, headers }: Pick<EgressResponse, 'status' | 'headers'>,
  detail: string,
): void {
  if (status !== 429 && status !== 408 && status !== 425 && status < 500) return;
  const reason = status === 429 ? 'rate_limited' : 'provider_unavailable';
  throw new TryAgainLater(detail, { afterMs: retryAfterMs(headers['retry-after']), reason });
}

/** How long a `Retry-After` asks to wait: seconds, or a date (RFC 9110, section 10.2.3); null where it says nothing. */
export function retryAfterMs(value: string | undefined, nowMs: number = Date.now()): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) || !/[a-z]/i.test(text) ? null : Math.max(0, at - nowMs);
}
