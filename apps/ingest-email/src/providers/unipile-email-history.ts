/*
 * The past of a mailbox that is connected to Unipile, as the events that Unipile would have posted
 * (https://developer.unipile.com/reference/mailscontroller_listmails, https://developer.unipile.com/v2.0/reference).
 */
import { firstText, type Loose, parseJson } from '@kith/ingest/loose-json';
import type { HistoryAnswer, HistoryQuestion, ProviderTools } from '@kith/ingest/provider';
import { createUnipileApi, findUnipileAccount, type UnipileApi, type UnipileSecrets } from '@kith/unipile';
import * as z from 'zod';
import { addressLists, askForPage, namesNobody, objectsIn, pageOfEvents } from './list-page.ts';

/** Where a walk is: in which account, with which list of addresses, and behind which page. */
const Place = z.strictObject({
  account: z.string(),
  list: z.int().nonnegative(),
  from: z.string().nullable(),
});
type Place = z.infer<typeof Place>;

/** What Unipile calls the mailboxes that it connects. */
const mailboxTypes = 'MAIL IMAP ICLOUD EXCHANGE OUTLOOK MICROSOFT GOOGLE GOOGLE_OAUTH'.split(' ');

/** The next page. Throws what another try may change. */
export async function fetchUnipileMailHistory(
  question: HistoryQuestion,
  secrets: UnipileSecrets,
  { egress }: ProviderTools,
): Promise<HistoryAnswer> {
  const api = createUnipileApi({ secrets, egress });
  const lists = addressLists(question);
  if (lists.length === 0) return namesNobody();
  return askForPage(async (limit) => {
    const place = await placeOf(api, question);
    if ('ended' in place) return place;
    const { account, list, from } = place;
    const isV1 = api.version === 'v1';
    const query = { ...queryOf(question, lists[list] ?? null), limit };
    const page = isV1
      ? await api.list(['emails'], { ...query, account_id: account, include_headers: true }, from)
      : await api.list([account, 'emails'], query, from);
    if (page.ended !== 'listed') return page;
    const events = objectsIn(page.items).map((mail) =>
      isV1 ? v1Event(mail, account) : v2Event(mail, account),
    );
    return pageOfEvents('unipile', events, placeBehind(place, page.next, lists.length));
  });
}

async function placeOf(
  api: UnipileApi,
  { cursor, settings }: HistoryQuestion,
): Promise<Place | Exclude<HistoryAnswer, { ended: 'page' }>> {
  if (cursor !== null) {
    const parsed = Place.safeParse(parseJson(Buffer.from(cursor)));
    return parsed.success ? parsed.data : { ended: 'cursor_expired' };
  }
  const found = await findUnipileAccount(api, { settings, types: mailboxTypes });
  return found.ended === 'found' ? { account: found.id, list: 0, from: null } : found;
}

function placeBehind({ account, list }: Place, next: string | null, lists: number): Place | null {
  if (next !== null) return { account, list, from: next };
  return list + 1 < lists ? { account, list: list + 1, from: null } : null;
}

/** Neither bound is included. */
function queryOf({ since, until }: HistoryQuestion, anybody: string | null) {
  return {
    any_email: anybody,
    after: since === null ? null : new Date(Date.parse(since) - 1).toISOString(),
    before: new Date(until).toISOString(),
  };
}

/** In lists the mail's id is `id`, which webhooks call `email_id`. */
function v1Event(mail: Loose, account: string): Loose {
  return {
    ...mail,
    event: 'mail_received',
    email_id: firstText(mail, 'email_id', 'id'),
    account_id: account,
  };
}

function v2Event(mail: Loose, account: string): Loose {
  return { object: 'Event', type: 'email.new', account_id: account, payload: mail };
}
