/*
 * Unipile's lists of mails, newest first: `GET /api/v1/emails?account_id=` and `GET /v2/{account}/emails`, for one
 * person with `any_email`, and between times that are exclusive.
 */
import type { Mail } from '../mail/mail.ts';
import type { HostAnswer } from '../media/host-part.ts';
import { pairsOf, v1Mail, v2Mail } from '../senders/unipile-mail.ts';
import type { ApiRequest } from './api-part.ts';
import { isWith, newestFirst } from './mails.ts';
import { v1List, v2List } from './unipile-lists.ts';
import { badParameter, betweenTimes, type UnipileTold } from './unipile-told.ts';

/** v1's; the header of mails only where it is asked for. */
export function v1Mails(request: ApiRequest, { account, mails }: UnipileTold): HostAnswer {
  const { searchParams: query } = request.url;
  const found = asked(mails, query);
  if (found === null) return badParameter('before');
  const isWhole = query.get('include_headers') === 'true';
  const toJson = (mail: Mail): object => ({
    ...v1Item(mail, account),
    ...(isWhole ? { headers: pairsOf(mail) } : {}),
  });
  return v1List(request, 'EmailList', { all: found, toJson });
}

/** v2's, whole. */
export function v2Mails(request: ApiRequest, { account, mails }: UnipileTold): HostAnswer {
  const found = asked(mails, request.url.searchParams);
  if (found === null) return badParameter('before');
  return v2List(request, { all: found, toJson: v2Item }, account.paging);
}

function asked(mails: readonly Mail[], query: URLSearchParams): Mail[] | null {
  const isBetween = betweenTimes(query);
  if (isBetween === null) return null;
  const anybody = query.get('any_email');
  return newestFirst(mails).filter((mail) => isBetween(mail.date) && isWith(mail, anybody));
}

/** In lists the mail's id is `id`, which webhooks call `email_id`. */
export function v1Item(mail: Mail, { accountId, addresses = [] }: UnipileTold['account']): object {
  const { email_id: id, ...told } = v1Mail(mail, accountId);
  const isSent = addresses.includes(mail.from.address);
  const place = isSent ? { folders: ['SENT'], role: 'sent' } : {};
  return { object: 'Email', id, type: 'MAIL', ...told, ...place, body: mail.html ?? '' };
}

/** v2's of a mail. */
export const v2Item = (mail: Mail): object => ({
  ...v2Mail(mail),
  body: mail.html ?? '',
  body_plain: mail.text,
});
