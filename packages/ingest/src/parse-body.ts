/*
 * Runs a provider's parser so that whatever it does, an accepted body ends as items.
 *
 * A parser that throws, or is not done in time, leaves one `unreadable` item; the raw body is kept and can be
 * replayed once the parser is better. Only `IngestUnavailable`, which speaks of us and not of the body, goes on.
 */
import type { Logger } from '@kith/service';
import {
  IngestUnavailable,
  type ParseContext,
  type ParsedItem,
  type Provider,
  type SignedRequest,
} from './provider.ts';

/** The last bound on a parser; one that could block the process has a tighter one of its own. */
export const parseDeadlineMs = 60_000;

/** The items of a body. Rejects with `IngestUnavailable` only. */
export async function parseBody(
  parts: { provider: Provider; log: Logger; deadlineMs?: number },
  request: SignedRequest,
  ctx: ParseContext,
): Promise<ParsedItem[]> {
  const deadline = startDeadline(parts.deadlineMs ?? parseDeadlineMs);
  try {
    return await Promise.race([parts.provider.parse(request, ctx), deadline.passed]);
  } catch (err) {
    if (err instanceof IngestUnavailable) throw err;
    const name = err instanceof Error ? err.name : typeof err;
    const { workspace, accountId } = ctx;
    // The text of a parser's error may quote the body, which must not be logged or published.
    parts.log.error({ workspace, accountId, provider: parts.provider.name, error: name }, 'a parser failed');
    return [{ kind: 'unreadable', reason: 'parse_failed', detail: `the parser threw ${name}` }];
  } finally {
    deadline.cancel();
  }
}

function startDeadline(ms: number): { passed: Promise<ParsedItem[]>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<ParsedItem[]>((resolve) => {
    const detail = `not parsed within ${ms} ms`;
    timer = setTimeout(
      () => resolve([{ kind: 'unreadable', reason: 'parse_deadline_exceeded', detail }]),
      ms,
    );
  });
  return { passed, cancel: () => clearTimeout(timer) };
}
