/* What Twilio's webhooks hold (https://www.twilio.com/docs/messaging/guides/webhook-request). */
import { type ChatEvent, type ChatMessage, type ChatPerson, textOf } from '../chat/chat.ts';
import { hexId } from './stable-ids.ts';
import { userIdOf, waIdOf } from './whatsapp-ids.ts';

/** A field of the form. */
export type TwilioParameter = readonly [name: string, value: string];

/** Twilio's ids of a message and of its file, and the path of the file. */
export function twilioMedia(accountSid: string, message: ChatMessage): { id: string; path: string } {
  const id = `ME${hexId('twilio media', message.id, 32)}`;
  return { id, path: `/2010-04-01/Accounts/${accountSid}/Messages/${sidOf(message)}/Media/${id}` };
}

/** Twilio's id of a message. */
export const sidOf = ({ id, content }: ChatMessage): string =>
  `${content.type === 'file' ? 'MM' : 'SM'}${hexId('twilio message', id, 32)}`;

/** Whose messages they are. */
export interface TwilioAccount {
  accountSid: string;
  number: string;
  mediaBaseUrl: string;
}

/** The parameters that tell of an event; null where Twilio tells nothing of the kind. */
export function twilioParameters(event: ChatEvent, account: TwilioAccount): TwilioParameter[] | null {
  if (event.kind === 'status' && event.message.chat.kind === 'direct')
    return statusParameters(event, account);
  if (event.kind !== 'message' || event.from === null || event.chat.kind === 'group') return null;
  return messageParameters(event, event.from, account);
}

function messageParameters(
  message: ChatMessage,
  from: ChatPerson,
  account: TwilioAccount,
): TwilioParameter[] {
  const sid = sidOf(message);
  const { content, forwarded, repliesTo } = message;
  return [
    ['SmsMessageSid', sid],
    ['NumMedia', content.type === 'file' ? '1' : '0'],
    ['ProfileName', from.name ?? ''],
    ['MessageType', typeOf(message)],
    ['SmsSid', sid],
    ...optional('WaId', waIdOf(from)),
    ['SmsStatus', 'received'],
    ['Body', content.type === 'choice' || content.type === 'location' ? '' : textOf(content)],
    ['To', `whatsapp:${account.number}`],
    ['NumSegments', '1'],
    ['ReferralNumMedia', '0'],
    ['MessageSid', sid],
    ['AccountSid', account.accountSid],
    ...contentParameters(message, account),
    ...(repliesTo === undefined ? [] : replyParameters(repliesTo, account)),
    ...(forwarded === true ? ([['Forwarded', 'true']] satisfies TwilioParameter[]) : []),
    ['From', addressOf(from)],
    ['ExternalUserId', userIdOf(from)],
    ['ApiVersion', '2010-04-01'],
  ];
}

function contentParameters(
  message: ChatMessage,
  { accountSid, mediaBaseUrl }: TwilioAccount,
): TwilioParameter[] {
  const { content } = message;
  if (content.type === 'file') {
    return [
      ['MediaUrl0', `${mediaBaseUrl}${twilioMedia(accountSid, message).path}`],
      ['MediaContentType0', content.file.type],
    ];
  }
  if (content.type === 'location') {
    return [
      ['Latitude', String(content.latitude)],
      ['Longitude', String(content.longitude)],
      ...optional('Address', content.address),
      ...optional('Label', content.name),
    ];
  }
  if (content.type !== 'choice') return referralParameters(message);
  const { id, title } = content;
  const [idName, titleName] =
    content.of === 'list' ? ['ListId', 'ListTitle'] : ['ButtonPayload', 'ButtonText'];
  return [
    [titleName, title],
    [idName, id],
  ];
}

function referralParameters({ advert }: ChatMessage): TwilioParameter[] {
  if (advert === undefined) return [];
  return [
    ['ReferralHeadline', advert.headline],
    ['ReferralBody', advert.body],
    ['ReferralSourceId', advert.id],
    ['ReferralSourceType', 'ad'],
    ['ReferralSourceUrl', advert.url],
  ];
}

function replyParameters(repliesTo: ChatMessage, { number }: TwilioAccount): TwilioParameter[] {
  const sender = repliesTo.from === null ? `whatsapp:${number}` : addressOf(repliesTo.from);
  return [
    ['OriginalRepliedMessageSid', sidOf(repliesTo)],
    ['OriginalRepliedMessageSender', sender],
  ];
}

function statusParameters(
  { message, status, to, error }: Extract<ChatEvent, { kind: 'status' }>,
  { accountSid, number }: TwilioAccount,
): TwilioParameter[] | null {
  if (status === 'played') return null;
  const sid = sidOf(message);
  return [
    ['SmsSid', sid],
    ['SmsStatus', status],
    ['MessageStatus', status],
    ['ChannelToAddress', `${(waIdOf(to) ?? '').slice(0, -4)}XXXX`],
    ['To', addressOf(to)],
    ['ChannelPrefix', 'whatsapp'],
    ['MessageSid', sid],
    ['AccountSid', accountSid],
    ['StructuredMessage', 'false'],
    ['From', `whatsapp:${number}`],
    ['ApiVersion', '2010-04-01'],
    ...(status === 'failed'
      ? ([
          ['ErrorCode', '63016'],
          ['ErrorMessage', error ?? 'Outside the allowed window'],
        ] satisfies TwilioParameter[])
      : []),
  ];
}

/** A number, or the user id of somebody who goes by a username. */
export function addressOf(person: ChatPerson): string {
  const waId = waIdOf(person);
  return waId === null ? `whatsapp:${userIdOf(person)}` : `whatsapp:+${waId}`;
}

function typeOf({ content }: ChatMessage): string {
  switch (content.type) {
    case 'file':
      return content.file.kind === 'voice' ? 'audio' : content.file.kind;
    case 'cards':
      return 'contacts';
    case 'choice':
      return content.of === 'list' ? 'interactive' : 'button';
    case 'form':
    case 'call_permission':
      return 'interactive';
    case 'text':
    case 'location':
    case 'order':
    case 'unsupported':
      return content.type;
  }
}

const optional = (name: string, value: string | null | undefined): TwilioParameter[] =>
  value === null || value === undefined ? [] : [[name, value]];
