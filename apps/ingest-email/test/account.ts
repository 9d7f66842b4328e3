import type {
  AccountGuard,
  HistoryAnswer,
  HistoryBody,
  HistoryQuestion,
  ParsedItem,
} from '@kith/ingest/provider';
import type { Egress } from '@kith/ingest/egress';
import { emailProviders } from '../src/providers/registry.ts';

/** An account as it is mounted; throws where the secrets do not fit. */
export function mountAccount(provider: string, secrets: unknown, egress: Egress): AccountGuard {
  const guard = emailProviders.find(({ name }) => name === provider)?.guard(secrets, { egress }) ?? null;
  if (guard === null) throw new Error(`no account of ${provider}`);
  return guard;
}

const account = { workspace: 'acme', accountId: 'support', settings: {} };

/** What bodies hold, read by the providers that they name; a body of a webhook is completed before. */
export async function readBodies(
  bodies: readonly HistoryBody[],
  guard?: AccountGuard,
): Promise<ParsedItem[]> {
  const items: ParsedItem[] = [];
  for (const { provider, ...body } of bodies) {
    const received = { ...body, ...account };
    const completed = (await guard?.complete(received)) ?? null;
    const read = emailProviders.find(({ name }) => name === provider)?.read({ ...received, ...completed });
    items.push(...((await read) ?? []));
  }
  return items;
}

/** A page; throws where it is something else. */
export async function pageOf(
  asking: Promise<HistoryAnswer>,
): Promise<Extract<HistoryAnswer, { ended: 'page' }>> {
  const answer = await asking;
  if (answer.ended !== 'page') throw new Error(JSON.stringify(answer));
  return answer;
}

/** Everything, unless less is asked for. */
export function questionOf(given: Partial<HistoryQuestion> = {}): HistoryQuestion {
  const until = '2027-01-01T00:00:00.000Z';
  return {
    accountId: 'support',
    settings: {},
    identifiers: null,
    since: null,
    until,
    cursor: null,
    ...given,
  };
}

/** All that the pages from a cursor on hold, with the cursors that lead to them. */
export async function walkHistory(
  guard: Pick<AccountGuard, 'fetchHistory'>,
  question: HistoryQuestion,
): Promise<{ bodies: HistoryBody[]; cursors: (string | null)[] }> {
  const bodies: HistoryBody[] = [];
  const cursors: (string | null)[] = [];
  let cursor = question.cursor;
  do {
    cursors.push(cursor);
    const page = await pageOf(guard.fetchHistory({ ...question, cursor }));
    bodies.push(...page.bodies);
    cursor = page.next;
  } while (cursor !== null);
  return { bodies, cursors };
}
