/* What the miniature Unipile knows of an account, and what both versions of its API share. */
import type { ChatEvent, ChatPerson } from '../chat/chat.ts';
import type { Mail } from '../mail/mail.ts';
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import type { UnipileNetwork } from '../senders/unipile-people.ts';
import type { ApiRequest } from './api-part.ts';
import type { ToldChat } from './told-chats.ts';

/** An account that is connected to Unipile. */
export interface UnipileApiAccount {
  apiVersion: 'v1' | 'v2';
  accountId: string;
  network: UnipileNetwork | 'GOOGLE';
  /** Whose it is, where it has chats. */
  owner?: ChatPerson;
  /** Of a mailbox: what comes from them was sent. */
  addresses?: readonly string[];
  /** How v2 pages this account's lists: not every network has cursors. `cursor` unless said. */
  paging?: 'cursor' | 'offset';
}

/** What is told of it, in the order in which it was. */
export interface UnipileTold {
  account: UnipileApiAccount;
  events: readonly ChatEvent[];
  /** What has become of the chats by these. */
  chats: readonly ToldChat[];
  mails: readonly Mail[];
}

/** An answer that says what is wrong. */
export const unipileError = (status: number, type: string, title: string): HostAnswer =>
  jsonAnswer(status, { title, detail: title, type: `errors/${type}`, status });

export const noAccount = (): HostAnswer => unipileError(404, 'resource_not_found', 'Account not found.');
export const badParameter = (name: string): HostAnswer =>
  unipileError(400, 'invalid_parameters', `Invalid parameter: ${name}`);
export const badCursor = (): HostAnswer => unipileError(400, 'invalid_cursor', 'The cursor is not valid.');

/** Whether the key is the one that was given out; else the refusal. */
export function refusalOf({ headers, credentials }: ApiRequest): HostAnswer | null {
  const apiKey = credentials.unipile?.apiKey;
  if (apiKey !== undefined && headers['x-api-key'] === apiKey) return null;
  return unipileError(401, 'missing_credentials', 'Missing credentials');
}

/** Unipile refuses times in any other form than this. */
const instantForm = /^[12]\d{3}-[01]\d-[0-3]\dT\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Whether something happened between `after` and `before`, both exclusive; null where one of them is malformed. */
export function betweenTimes(query: URLSearchParams): ((at: string) => boolean) | null {
  const [after, before] = ['after', 'before'].map((name) => query.get(name));
  for (const time of [after, before]) if (typeof time === 'string' && !instantForm.test(time)) return null;
  const from = after === null || after === undefined ? -Infinity : Date.parse(after);
  const to = before === null || before === undefined ? Infinity : Date.parse(before);
  return (at) => Date.parse(at) > from && Date.parse(at) < to;
}

/** The limit that was asked for; null where it is more than `max`, or none. */
export function limitIn(
  query: URLSearchParams,
  { usual, max }: { usual: number; max: number },
): number | null {
  const limit = Number(query.get('limit') ?? usual);
  return Number.isInteger(limit) && limit >= 1 && limit <= max ? limit : null;
}
