/*
 * Which of the accounts connected to Unipile an account of ours is: the one that `settings.unipileAccountId` names,
 * or else the only one of its kind.
 */
import { field, firstText, type Loose, objectOf, textOf } from '@kith/ingest/loose-json';
import type { UnipileApi, UnipileRefusal } from './api.ts';

/** The account as Unipile tells it, or why it is not to be had. */
export type FoundAccount = { ended: 'found'; id: string; account: Loose } | UnipileRefusal;

const pagesMax = 10;
const pageSize = 100;

/** Finds the account. `types` are Unipile's words for what may be connected, in upper case. */
export async function findUnipileAccount(
  api: UnipileApi,
  given: { settings: Readonly<Record<string, unknown>>; types: readonly string[] },
): Promise<FoundAccount> {
  const id = textOf(given.settings['unipileAccountId']);
  return id === null ? findOnly(api, given.types) : findNamed(api, id);
}

async function findNamed(api: UnipileApi, id: string): Promise<FoundAccount> {
  const answer = await api.get(['accounts', id]);
  if (answer.ended === 'answered') return { ended: 'found', id, account: answer.object };
  if (answer.ended !== 'failed' || answer.reason !== 'not_found') return answer;
  return notFound('Unipile knows no account under settings.unipileAccountId');
}

async function findOnly(api: UnipileApi, types: readonly string[]): Promise<FoundAccount> {
  const found = new Map<string, Loose>();
  const path = api.version === 'v1' ? ['accounts'] : ['accounts', ''];
  let from: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const list = await api.list(path, { limit: pageSize }, from);
    if (list.ended !== 'listed') return list;
    for (const item of list.items) {
      const account = objectOf(item);
      const id = textOf(field(account, 'id'));
      if (account !== null && id !== null && types.includes(typeOf(account))) found.set(id, account);
    }
    if (list.next === null) break;
    from = list.next;
  }
  const [only, ...more] = found;
  const kind = types.join(' or ');
  if (only === undefined) return notFound(`Unipile has no account of type ${kind}`);
  if (more.length > 0) {
    return notFound(`Unipile has several accounts of type ${kind}: name one in settings.unipileAccountId`);
  }
  const [id, account] = only;
  return { ended: 'found', id, account };
}

/** `type` in v1, `provider` in v2. */
function typeOf(account: Loose): string {
  return firstText(account, 'type', 'provider')?.toUpperCase() ?? '';
}

const notFound = (detail: string): UnipileRefusal => ({ ended: 'failed', reason: 'not_found', detail });
