/* What asking a provider for a page of mails has in common, whoever the provider is. */
import { EgressRefused } from '@kith/ingest/egress';
import { type Loose, objectOf } from '@kith/ingest/loose-json';
import type { HistoryAnswer, HistoryQuestion } from '@kith/ingest/provider';

/** Mails with all they say: fifty are usually a few megabytes, and can be more than one answer may have. */
const limits = [50, 5, 1];
/** Nylas takes no more at once, and other providers a few. */
const addressesMax = 25;

/** Asks for fewer mails where more are too large for one answer. */
export async function askForPage(ask: (limit: number) => Promise<HistoryAnswer>): Promise<HistoryAnswer> {
  for (const limit of limits) {
    try {
      return await ask(limit);
    } catch (err) {
      if (!(err instanceof EgressRefused)) throw err;
      if (err.reason === 'address_not_allowed') return failed('not_found', `the API: ${err.message}`);
    }
  }
  throw new Error('one mail is larger than an answer may be');
}

/** The addresses that are asked for, in lists of as many as fit into one question; one null asks for everybody. */
export function addressLists({ identifiers }: Pick<HistoryQuestion, 'identifiers'>): (string | null)[] {
  if (identifiers === null) return [null];
  const addresses = identifiers.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
  return Array.from({ length: Math.ceil(addresses.length / addressesMax) }, (_, index) =>
    addresses.slice(index * addressesMax, (index + 1) * addressesMax).join(','),
  );
}

/** Why there is no page, whoever asks again. */
export function failed(
  reason: Extract<HistoryAnswer, { ended: 'failed' }>['reason'],
  detail: string,
): Extract<HistoryAnswer, { ended: 'failed' }> {
  return { ended: 'failed', reason, detail };
}

/** The failure of a question that names nobody by an address. */
export function namesNobody(): HistoryAnswer {
  return failed('no_identifiers', 'mail knows people by their email addresses, and there is none');
}

/** Events as a provider would have posted them, in a body that its reader takes. */
export function pageOfEvents(
  provider: 'nylas' | 'unipile',
  events: readonly unknown[],
  next: object | null,
): HistoryAnswer {
  const body = Buffer.from(JSON.stringify(events));
  const bodies = events.length === 0 ? [] : [{ provider, body, contentType: 'application/json' }];
  return { ended: 'page', bodies, next: next === null ? null : JSON.stringify(next) };
}

/** What a list has, without what is no object. */
export function objectsIn(list: readonly unknown[]): Loose[] {
  return list.map(objectOf).filter((object) => object !== null);
}
