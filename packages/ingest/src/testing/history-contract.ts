/*
 * What the history of every provider promises, told once: page after page it gives what the provider's webhooks gave,
 * as the same messages, whoever is asked for, and whatever goes wrong is said or thrown so that nothing is left out.
 *
 * Runs over HTTP against the provider's API in miniature.
 */
import type { Identifier } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { openEgress } from '../open-egress.ts';
import { EgressFailed } from '../egress.ts';
import {
  type AccountGuard,
  type HistoryAnswer,
  type HistoryQuestion,
  type ParsedItem,
  type Provider,
  type ReceivedBody,
  TryAgainLater,
} from '../provider.ts';
import { comparable, outcomesOf, sentAtOf, type Telling } from './told-history.ts';

/** A provider's API in miniature. */
export interface HistoryHost extends AsyncDisposable {
  url: string;
  requests: readonly { path: string }[];
  misbehave(given: { match: RegExp; how: object; times?: number; every?: number }): void;
}

/** A body as the provider posts it. */
export type PostedBody = Pick<ReceivedBody, 'body' | 'contentType'>;

/** A provider's history with what its webhooks told of the same things. */
export interface HistoryCase<Host extends HistoryHost> {
  name: string;
  provider: Provider;
  open(): Promise<Host>;
  /** What the account is given; `url` is the host's. */
  secrets(url: string): Record<string, unknown>;
  settings?: Record<string, unknown>;
  /** What the account lacks when it cannot ask. */
  withoutCredentials: Record<string, unknown>;
  /** Of everything. */
  webhooks: readonly PostedBody[];
  /** Each identifier under which somebody may be asked for, and what webhooks told of their conversations. */
  people: readonly { identifiers: readonly Identifier[]; webhooks: readonly PostedBody[] }[];
  /** What webhooks tell of what history does. */
  webhooksTell: Telling;
  /** Whether what became of messages is told too. */
  tellsOutcomes: boolean;
  /** A list of messages, and one that was asked for with a cursor. */
  pages: { any: RegExp; behindFirst: RegExp };
}

const until = '2099-01-01T00:00:00.000Z';
const pagesMax = 2_000;

/** Declares the suite for one provider. */
export function describeHistoryContract<Host extends HistoryHost>(given: HistoryCase<Host>): void {
  const received = { workspace: 'acme', accountId: 'sales', settings: given.settings ?? {} };
  const readAll = async (bodies: readonly PostedBody[]): Promise<ParsedItem[]> => {
    const read = bodies.map(async (body) => given.provider.read({ ...received, ...body }));
    return (await Promise.all(read)).flat();
  };
  const questionOf = (asked: Partial<HistoryQuestion>): HistoryQuestion => {
    const { settings } = received;
    return { accountId: 'sales', settings, identifiers: null, since: null, until, cursor: null, ...asked };
  };

  async function openAccount(secrets?: Record<string, unknown>) {
    const host = await given.open();
    const egress = openEgress({ allowed: [new URL(host.url).host] });
    const guard = given.provider.guard(secrets ?? given.secrets(host.url), { egress });
    if (guard === null) throw new Error('the secrets are not what the provider needs');
    const dispose = async (): Promise<void> => {
      await egress.close();
      await host[Symbol.asyncDispose]();
    };
    return { host, guard, [Symbol.asyncDispose]: dispose };
  }
  /** Asks page after page until the last. */
  async function walk(guard: AccountGuard, asked: Partial<HistoryQuestion> = {}) {
    const items: ParsedItem[] = [];
    let cursor: string | null = null;
    for (let page = 1; page <= pagesMax; page += 1) {
      const answer: HistoryAnswer = await guard.fetchHistory(questionOf({ ...asked, cursor }));
      if (answer.ended !== 'page') throw new Error(`page ${page}: ${JSON.stringify(answer)}`);
      expect((answer.next ?? '').length).toBeLessThan(20_000);
      items.push(...(await readAll(answer.bodies)));
      for (const { body, ...reader } of answer.bodies) {
        // Only the bytes are kept, and a dead letter among them has to be read again as what it was.
        expect(given.provider.readerOfPage(body)).toEqual(reader);
      }
      if (answer.next === null) return items;
      cursor = answer.next;
    }
    throw new Error('the history has no end');
  }
  /** Asks until a page of messages was asked for, so that what happened then is the answer. */
  async function askUntil(guard: AccountGuard, host: Host, match: RegExp): Promise<HistoryAnswer> {
    let cursor: string | null = null;
    for (let page = 1; page <= pagesMax; page += 1) {
      const before = host.requests.length;
      const answer: HistoryAnswer = await guard.fetchHistory(questionOf({ cursor }));
      if (answer.ended !== 'page') return answer;
      if (host.requests.slice(before).some(({ path }) => match.test(path))) return answer;
      if (answer.next === null) break;
      cursor = answer.next;
    }
    throw new Error(`nothing was asked for that matches ${String(match)}`);
  }

  describe(`the history of ${given.name}`, () => {
    test('is the same messages as webhooks told, each once, and what became of them', async () => {
      await using account = await openAccount();
      const fetched = await walk(account.guard);
      const posted = await readAll(given.webhooks);
      expect(fetched.filter(({ kind }) => kind === 'unreadable')).toEqual([]);
      const told = comparable(posted, fetched, given.webhooksTell);
      expect(told.fetched).toEqual(told.posted);
      expect(told.count).toBe(told.fetchedCount);
      if (given.tellsOutcomes) expect(outcomesOf(fetched)).toEqual(outcomesOf(posted));
    });

    test('of somebody is of their conversations and nobody else’s, by each identifier', async () => {
      await using account = await openAccount();
      for (const { identifiers, webhooks } of given.people) {
        const fetched = await walk(account.guard, { identifiers });
        const told = comparable(await readAll(webhooks), fetched, given.webhooksTell);
        expect(told.fetched, JSON.stringify(identifiers)).toEqual(told.posted);
      }
    });

    test('is of the times that are asked for', async () => {
      await using account = await openAccount();
      const times = sentAtOf(await walk(account.guard)).toSorted();
      const [since = '', to = ''] = [times.at(times.length / 3), times.at((times.length * 2) / 3)];
      const fetched = await walk(account.guard, { since, until: to });
      expect(sentAtOf(fetched).toSorted()).toEqual(times.filter((at) => at >= since && at < to));
    });

    test('that comes a page twice, late, or in shorter pages is whole', async () => {
      await using account = await openAccount();
      account.host.misbehave({ match: given.pages.behindFirst, how: { answer: 'page_twice' } });
      account.host.misbehave({ match: given.pages.any, how: { answer: 'slow', ms: 20 } });
      const fetched = await walk(account.guard);
      const told = comparable(await readAll(given.webhooks), fetched, given.webhooksTell);
      expect(told.fetched).toEqual(told.posted);
    });

    test('waits as long as the provider asks', async () => {
      await using account = await openAccount();
      const soon = new Date(Date.now() + 90_000).toUTCString();
      for (const [how, between] of [
        [{ status: 429, retryAfter: 7 }, [7_000, 7_000]],
        [{ status: 429, retryAfter: soon }, [60_000, 91_000]],
        [{ status: 503 }, null],
        [{ status: 500 }, null],
      ] as const) {
        account.host.misbehave({ match: given.pages.any, how: { answer: 'status', ...how } });
        const failure: unknown = await askUntil(account.guard, account.host, given.pages.any).catch(
          (err: unknown) => err,
        );
        expect(failure).toBeInstanceOf(TryAgainLater);
        const { afterMs } = failure as TryAgainLater;
        if (between === null) expect(afterMs).toBeNull();
        else expect(between[0] <= Number(afterMs) && Number(afterMs) <= between[1]).toBe(true);
      }
    });

    test('is asked for again where an answer breaks off', async () => {
      await using account = await openAccount();
      const asked = () => askUntil(account.guard, account.host, given.pages.any);
      account.host.misbehave({ match: given.pages.any, how: { answer: 'half' } });
      await expect(asked()).rejects.toThrow(/breaks off/);
      account.host.misbehave({ match: given.pages.any, how: { answer: 'cut' } });
      await expect(asked()).rejects.toBeInstanceOf(EgressFailed);
      expect(await asked()).toMatchObject({ ended: 'page' });
    });

    test('says when the provider has forgotten the cursor, and does not hide that it leads in a circle', async () => {
      await using account = await openAccount();
      const { guard, host } = account;
      host.misbehave({ match: given.pages.behindFirst, how: { answer: 'cursor_expired' } });
      expect(await askUntil(guard, host, given.pages.behindFirst)).toEqual({ ended: 'cursor_expired' });
      expect(await guard.fetchHistory(questionOf({ cursor: 'not ours' }))).toEqual({
        ended: 'cursor_expired',
      });
      host.misbehave({ match: given.pages.behindFirst, how: { answer: 'cursor_loop' }, times: Infinity });
      const answer = await askUntil(guard, host, given.pages.behindFirst);
      const cursor = answer.ended === 'page' ? answer.next : null;
      expect(cursor).not.toBeNull();
      expect(await guard.fetchHistory(questionOf({ cursor }))).toMatchObject({ next: cursor });
    });

    test('makes what it can of messages without ids', async () => {
      await using account = await openAccount();
      account.host.misbehave({ match: given.pages.any, how: { answer: 'without_ids' } });
      const items = await walk(account.guard);
      expect(items.filter(({ kind }) => kind === 'unreadable').length).toBeGreaterThan(0);
      expect(items.filter(({ kind }) => kind === 'message').length).toBeGreaterThan(0);
    });

    test('is not to be had without credentials, or with those that are refused', async () => {
      await using without = await openAccount(given.withoutCredentials);
      expect(await without.guard.fetchHistory(questionOf({}))).toMatchObject({ reason: 'no_credentials' });
      await using account = await openAccount();
      account.host.misbehave({ match: given.pages.any, how: { answer: 'status', status: 401 } });
      const answer = await askUntil(account.guard, account.host, given.pages.any);
      expect(answer).toMatchObject({ ended: 'failed', reason: 'credentials_refused' });
    });
  });
}
