/*
 * Twilio's lists (https://www.twilio.com/docs/messaging/api/message-resource): messages in both directions by their
 * addresses and days or seconds, page after page by `next_page_uri`, and the files of one.
 */
import { type ChatMessage, textOf } from '../chat/chat.ts';
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import { addressOf, sidOf, twilioMedia } from '../senders/twilio-parameters.ts';
import type { ApiPart, ApiRequest } from './api-part.ts';
import { pageOf } from './pages.ts';
import type { ToldChat, ToldMessage } from './told-chats.ts';

/** A number at Twilio, and its chats. */
export interface TwilioTold {
  number: string;
  chats: readonly ToldChat[];
}

const usualSize = 50;
const sizeMax = 1_000;

/** The lists of these numbers. */
export function createTwilioApi(numbers: ReadonlyMap<string, TwilioTold>): ApiPart {
  return (request) => {
    const [, accountSid = '', messageSid] =
      /^\/2010-04-01\/Accounts\/(AC\w+)\/Messages(?:\/(\w+)\/Media)?\.json$/.exec(request.url.pathname) ?? [];
    if (accountSid === '') return null;
    const { twilio } = request.credentials;
    const given = Buffer.from(`${twilio?.accountSid}:${twilio?.authToken}`).toString('base64');
    if (twilio?.accountSid !== accountSid || request.headers.authorization !== `Basic ${given}`) {
      return twilioError(401, 20003, 'Authenticate');
    }
    const all = [...numbers.values()].flatMap(listedOf);
    return messageSid === undefined
      ? messageList(request, accountSid, all)
      : mediaList(accountSid, all.find(({ told }) => sidOf(told.message) === messageSid)?.told);
  };
}

/** Newest first; Twilio has no groups. */
function listedOf({ number, chats }: TwilioTold): Listed[] {
  const direct = chats.filter(({ chat }) => chat.kind === 'direct');
  return direct
    .flatMap(({ messages }) => messages.map((told) => ({ told, number })))
    .toSorted((one, other) => Date.parse(other.told.message.at) - Date.parse(one.told.message.at));
}

interface Listed {
  told: ToldMessage;
  number: string;
}

function messageList({ url, trick }: ApiRequest, accountSid: string, all: readonly Listed[]): HostAnswer {
  const { searchParams: query } = url;
  const size = Number(query.get('PageSize') ?? usualSize);
  if (!Number.isInteger(size) || size < 1 || size > sizeMax) return twilioError(400, 20001, 'Page size');
  const filters = [...query].filter(([name]) => !name.startsWith('Page'));
  const found = all.filter((listed) => isAsked(listed, query));
  const list = JSON.stringify([accountSid, filters]);
  const page = pageOf(found, { list, limit: size, trick, cursor: query.get('PageToken') });
  if (page === null) return twilioError(400, 20006, 'Invalid page token');
  const number = Number(query.get('Page') ?? 0);
  const uri = (page_: number, token: string | null): string => {
    const asked = new URLSearchParams([...filters, ['PageSize', String(size)], ['Page', String(page_)]]);
    if (token !== null) asked.set('PageToken', token);
    return `${url.pathname}?${asked.toString()}`;
  };
  return jsonAnswer(200, {
    messages: page.items.map((listed) => messageOf(accountSid, listed)),
    page: number,
    page_size: size,
    first_page_uri: uri(0, null),
    next_page_uri: page.next === null ? null : uri(number + (trick === 'cursor_loop' ? 0 : 1), page.next),
    uri: `${url.pathname}${url.search}`,
  });
}

/** Both ends of `DateSent>=` and `DateSent<=` are asked for too. */
function isAsked(listed: Listed, query: URLSearchParams): boolean {
  const { from, to } = addressesOf(listed);
  const seconds = Math.floor(Date.parse(listed.told.message.at) / 1000);
  const after = query.get('DateSent>');
  const before = query.get('DateSent<');
  return (
    [null, from].includes(query.get('From')) &&
    [null, to].includes(query.get('To')) &&
    (after === null || seconds >= Date.parse(after) / 1000) &&
    (before === null || seconds <= Date.parse(before) / 1000)
  );
}

function addressesOf({ told, number }: Listed): { from: string; to: string } {
  const own = `whatsapp:${number}`;
  const { from, chat } = told.message;
  return from === null ? { from: own, to: addressOf(chat.people[0]) } : { from: addressOf(from), to: own };
}

function messageOf(accountSid: string, listed: Listed): object {
  const { told } = listed;
  const { message } = told;
  const isOutgoing = message.from === null;
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sidOf(message)}`;
  const at = dateOf(message.at);
  return {
    sid: sidOf(message),
    account_sid: accountSid,
    messaging_service_sid: null,
    ...addressesOf(listed),
    body: textOf(message.content),
    status: isOutgoing ? statusOf(told) : 'received',
    direction: isOutgoing ? 'outbound-api' : 'inbound',
    num_segments: '1',
    num_media: message.content.type === 'file' ? '1' : '0',
    date_created: at,
    date_sent: at,
    date_updated: dateOf(told.seenBy[0]?.at ?? message.at),
    error_code: told.failure === null ? null : 63016,
    error_message: told.failure,
    price: null,
    price_unit: null,
    api_version: '2010-04-01',
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}

function statusOf({ failure, seenBy, isDelivered }: ToldMessage): string {
  if (failure !== null) return 'undelivered';
  if (seenBy.length > 0) return 'read';
  return isDelivered ? 'delivered' : 'sent';
}

function mediaList(accountSid: string, told: ToldMessage | undefined): HostAnswer {
  if (told === undefined) return twilioError(404, 20404, 'The requested resource was not found');
  return jsonAnswer(200, { media_list: mediaOf(accountSid, told.message), next_page_uri: null, page: 0 });
}

function mediaOf(accountSid: string, message: ChatMessage): object[] {
  if (message.content.type !== 'file') return [];
  const { id, path } = twilioMedia(accountSid, message);
  return [
    {
      sid: id,
      account_sid: accountSid,
      parent_sid: sidOf(message),
      content_type: message.content.file.type,
      date_created: dateOf(message.at),
      uri: `${path}.json`,
    },
  ];
}

/** RFC 2822, as all of Twilio's times. */
const dateOf = (iso: string): string => new Date(iso).toUTCString().replace('GMT', '+0000');

const twilioError = (status: number, code: number, message: string): HostAnswer =>
  jsonAnswer(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
