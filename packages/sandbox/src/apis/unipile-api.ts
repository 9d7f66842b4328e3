/*
 * Unipile's lists in both versions of its API: accounts, and what each has (https://developer.unipile.com/reference,
 * https://developer.unipile.com/v2.0/reference).
 */
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import type { UnipileAccount } from '../senders/unipile-attendees.ts';
import { networkIdOf } from '../senders/unipile-people.ts';
import type { ApiPart, ApiRequest } from './api-part.ts';
import { v1Account, v2Account } from './unipile-accounts.ts';
import { v1Chats } from './unipile-chats-v1.ts';
import { v2Chats } from './unipile-chats-v2.ts';
import { v1List, v2List } from './unipile-lists.ts';
import { v1Mails, v2Mails } from './unipile-mails.ts';
import { noAccount, refusalOf, unipileError, type UnipileTold } from './unipile-told.ts';

/** The lists of these accounts, by their ids. */
export function createUnipileApi(accounts: ReadonlyMap<string, UnipileTold>): ApiPart {
  return (request) => {
    const [root, ...steps] = request.url.pathname.split('/').slice(1).map(decodeURIComponent);
    const isV1 = root === 'api' && steps[0] === 'v1';
    if (!isV1 && root !== 'v2') return null;
    const all = [...accounts.values()].filter(({ account }) => (account.apiVersion === 'v1') === isV1);
    const answer = isV1 ? v1Answer(request, steps.slice(1), all) : v2Answer(request, steps, all);
    return answer === null ? null : (refusalOf(request) ?? answer);
  };
}

function v1Answer(
  request: ApiRequest,
  steps: readonly string[],
  all: readonly UnipileTold[],
): HostAnswer | null {
  const [kind, id] = steps;
  if (kind === 'accounts') {
    return id === undefined
      ? v1List(request, 'AccountList', { all, toJson: v1Account })
      : oneOf(all, id, v1Account);
  }
  if (kind === 'chats' && id !== undefined)
    return firstAnswer(all, (told) => v1ChatsOf(request, steps, told));
  const accountId = request.url.searchParams.get('account_id');
  const asked = all.find(({ account }) => account.accountId === accountId);
  if (kind === 'emails' && id === undefined)
    return asked === undefined ? noAccount() : v1Mails(request, asked);
  if (kind === 'users' && id !== undefined) return asked === undefined ? noAccount() : v1User(asked, id);
  if (kind !== 'chats' && kind !== 'chat_attendees') return null;
  return asked === undefined ? noAccount() : v1ChatsOf(request, steps, asked);
}

/** v1 names chats without naming their account. */
function firstAnswer(
  all: readonly UnipileTold[],
  answer: (told: UnipileTold) => HostAnswer | null,
): HostAnswer | null {
  const answers = all.map(answer);
  return answers.find((one) => one?.status !== 404) ?? answers[0] ?? noAccount();
}

function v1ChatsOf(request: ApiRequest, steps: readonly string[], told: UnipileTold): HostAnswer | null {
  const account = chatAccount(told);
  return account === null ? noAccount() : v1Chats(request, steps, { account, chats: told.chats });
}

function v2Answer(
  request: ApiRequest,
  steps: readonly string[],
  all: readonly UnipileTold[],
): HostAnswer | null {
  const [first = '', ...rest] = steps;
  if (first === 'accounts') {
    const [id = ''] = rest;
    return id === '' ? v2List(request, { all, toJson: v2Account }, 'offset') : oneOf(all, id, v2Account);
  }
  const asked = all.find(({ account }) => account.accountId === first);
  const isMailList = rest.join('/') === 'emails';
  if (!isMailList && rest[0] === 'emails') return null;
  if (rest.includes('attachments')) return null;
  if (asked === undefined) return noAccount();
  if (isMailList) return v2Mails(request, asked);
  const account = chatAccount(asked);
  const { paging = 'cursor' } = asked.account;
  return account === null
    ? null
    : v2Chats(request, rest, { account: { ...account, paging }, chats: asked.chats });
}

function chatAccount({ account }: UnipileTold): UnipileAccount | null {
  const { network, accountId, owner } = account;
  return network === 'GOOGLE' || owner === undefined ? null : { network, accountId, owner };
}

/** Somebody by the name in their profile's address, or the network's id: LinkedIn's only. */
function v1User(told: UnipileTold, name: string): HostAnswer {
  const account = chatAccount(told);
  const people = told.chats.flatMap(({ chat }) => chat.people);
  const found = people.find(({ slug }) => slug === name);
  if (account?.network !== 'LINKEDIN' || found === undefined) {
    return unipileError(422, 'invalid_recipient', 'Recipient cannot be reached');
  }
  return jsonAnswer(200, {
    object: 'UserProfile',
    provider: 'LINKEDIN',
    provider_id: networkIdOf('LINKEDIN', found, 'v1'),
    public_identifier: found.slug,
    ...(found.member === undefined ? {} : { member_urn: `urn:li:member:${found.member}` }),
  });
}

function oneOf(all: readonly UnipileTold[], id: string, toJson: (told: UnipileTold) => object): HostAnswer {
  const found = all.find(({ account }) => account.accountId === id);
  return found === undefined ? noAccount() : jsonAnswer(200, toJson(found));
}
