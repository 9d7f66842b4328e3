/*
 * Unipile's lists in both versions of its API: accounts, and what each has (https://developer.unipile.com/reference,
 * https://developer.unipile.com/v2.0/reference).
 */
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import type { ApiPart, ApiRequest } from './api-part.ts';
import { v1List, v2List } from './unipile-lists.ts';
import { v1Mails, v2Mails } from './unipile-mails.ts';
import { noAccount, refusalOf, type UnipileTold } from './unipile-told.ts';

/** The lists of these accounts, by their ids. */
export function createUnipileApi(accounts: ReadonlyMap<string, UnipileTold>): ApiPart {
  return (request) => {
    const [root, ...steps] = request.url.pathname.split('/').slice(1).map(decodeURIComponent);
    const isV1 = root === 'api' && steps[0] === 'v1';
    if (!isV1 && root !== 'v2') return null;
    const told = [...accounts.values()].filter(({ account }) => (account.apiVersion === 'v1') === isV1);
    const answer = isV1 ? v1Answer(request, steps.slice(1), told) : v2Answer(request, steps, told);
    return answer === null ? null : (refusalOf(request) ?? answer());
  };
}

type Answering = (() => HostAnswer) | null;

function v1Answer(request: ApiRequest, steps: readonly string[], told: readonly UnipileTold[]): Answering {
  const asked = told.find(({ account }) => account.accountId === request.url.searchParams.get('account_id'));
  switch (steps.join('/')) {
    case 'accounts':
      return () => v1List(request, 'AccountList', told.map(v1Account));
    case 'emails':
      return () => (asked === undefined ? noAccount() : v1Mails(request, asked));
  }
  const [kind, id = '', ...rest] = steps;
  if (kind === 'accounts' && rest.length === 0) return accountAnswer(told, id, v1Account);
  return null;
}

function v2Answer(request: ApiRequest, steps: readonly string[], told: readonly UnipileTold[]): Answering {
  const [first = '', ...rest] = steps;
  if (first === 'accounts') {
    const [id = ''] = rest;
    return id === ''
      ? () => v2List(request, told.map(v2Account), 'offset')
      : accountAnswer(told, id, v2Account);
  }
  const asked = told.find(({ account }) => account.accountId === first);
  if (rest.join('/') === 'emails') return () => (asked === undefined ? noAccount() : v2Mails(request, asked));
  return null;
}

function accountAnswer(
  told: readonly UnipileTold[],
  id: string,
  toJson: (told: UnipileTold) => object,
): Answering {
  return () => {
    const found = told.find(({ account }) => account.accountId === id);
    return found === undefined ? noAccount() : jsonAnswer(200, toJson(found));
  };
}

function v1Account({ account }: UnipileTold): object {
  const { network, accountId, owner } = account;
  const type = network === 'GOOGLE' ? 'GOOGLE_OAUTH' : network;
  return {
    object: 'Account',
    id: accountId,
    type,
    name: owner?.name ?? accountId,
    created_at: '2026-01-02T03:04:05.000Z',
    sources: [{ id: `${accountId}_MESSAGING`, status: 'OK' }],
    connection_params: {},
  };
}

function v2Account({ account }: UnipileTold): object {
  const { network, accountId, owner } = account;
  return {
    object: 'Account',
    id: accountId,
    application_id: 'app_kith',
    user_id: '',
    name: owner?.name ?? accountId,
    provider: network.toLowerCase(),
    status: 'running',
    created_at: '2026-01-02T03:04:05.000Z',
    metadata: {},
  };
}
