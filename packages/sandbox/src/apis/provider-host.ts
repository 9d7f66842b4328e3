/*
 * The APIs of providers in miniature, beside the files and messages of the media host: one host, one port, one
 * address. It answers what it was told of accounts, page by page, in the providers' own words; it can be told to go
 * wrong as they do; and it remembers what it was asked.
 */
import type { ChatEvent } from '../chat/chat.ts';
import type { Mail } from '../mail/mail.ts';
import type { HostCredentials } from '../media/host-part.ts';
import { type HostServer, openHostServer } from '../media/host-server.ts';
import { createMediaShelf, type MediaShelf } from '../media/media-shelf.ts';
import type { PageTrick } from './api-part.ts';
import { createMisbehaviours, gone, type HowWrong, type Misbehaviour } from './misbehaviour.ts';
import { createNylasApi, type NylasApiGrant, type NylasTold } from './nylas-api.ts';
import { shelveNylas, shelveTwilio, shelveUnipile } from './shelve.ts';
import { toldChats } from './told-chats.ts';
import { createTwilioApi, type TwilioTold } from './twilio-api.ts';
import { createUnipileApi } from './unipile-api.ts';
import type { UnipileApiAccount, UnipileTold } from './unipile-told.ts';

/** A host that runs; its `url` is what accounts are given as `baseUrl`. */
export interface ProviderHost extends HostServer, MediaShelf {
  /** Adds to what an account at Unipile has, and the account itself where it is new. Its files can be fetched. */
  tellUnipile(
    account: UnipileApiAccount,
    told?: { chats?: readonly ChatEvent[]; mails?: readonly Mail[] },
  ): void;
  /** The same of a grant at Nylas. */
  tellNylas(grant: NylasApiGrant, told?: { mails?: readonly Mail[] }): void;
  /** The same of a number at Twilio, in E.164. Its files can be fetched. */
  tellTwilio(number: string, told: { chats: readonly ChatEvent[] }): void;
  /** Makes requests go wrong. */
  misbehave(misbehaviour: Misbehaviour): void;
  /** Ends all misbehaviour. */
  behave(): void;
}

/** Listens on 127.0.0.1; rejects when the port is taken. Port 0 is any free one. */
export async function openProviderHost({
  port = 0,
  ...credentials
}: { port?: number } & HostCredentials = {}): Promise<ProviderHost> {
  const accounts = new Map<string, UnipileTold>();
  const grants = new Map<string, NylasTold>();
  const numbers = new Map<string, TwilioTold & { events: readonly ChatEvent[] }>();
  const apis = [createUnipileApi(accounts), createNylasApi(grants), createTwilioApi(numbers)];
  const misbehaviours = createMisbehaviours();
  const { shelf, serve } = createMediaShelf();
  const server = await openHostServer(port, ({ url, headers }) => {
    const wrong = misbehaviours.take(url.pathname + url.search);
    const request = { url, headers, credentials, trick: trickOf(wrong) };
    return gone(wrong, () => {
      const answer = apis.map((api) => api(request)).find((found) => found !== null);
      return answer === undefined ? serve(request) : { answer };
    });
  });
  return {
    ...shelf,
    ...server,
    tellUnipile: (account, { chats = [], mails = [] } = {}) => {
      const known = accounts.get(account.accountId) ?? { events: [], mails: [] };
      const events = [...known.events, ...chats];
      accounts.set(account.accountId, {
        account,
        events,
        chats: toldChats(events),
        mails: [...known.mails, ...mails],
      });
      shelveUnipile(shelf, account, { chats, mails });
    },
    tellNylas: (grant, { mails = [] } = {}) => {
      const known = grants.get(grant.grantId)?.mails ?? [];
      grants.set(grant.grantId, { grant, mails: [...known, ...mails] });
      shelveNylas(shelf, grant, mails);
    },
    tellTwilio: (number, { chats }) => {
      const events = [...(numbers.get(number)?.events ?? []), ...chats];
      numbers.set(number, { number, events, chats: toldChats(events) });
      shelveTwilio(shelf, credentials.twilio?.accountSid ?? '', chats);
    },
    misbehave: (misbehaviour) => misbehaviours.add(misbehaviour),
    behave: () => misbehaviours.clear(),
  };
}

const tricks: ReadonlySet<string> = new Set<PageTrick>(['page_twice', 'cursor_loop', 'cursor_expired']);
const isTrick = (answer: string): answer is PageTrick => tricks.has(answer);

const trickOf = (wrong: HowWrong | null): PageTrick | null =>
  wrong !== null && isTrick(wrong.answer) ? wrong.answer : null;
