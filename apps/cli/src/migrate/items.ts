/*
 * Old messages into the items of deliveries. Pure; the same rows give the same items, which is what makes a run that
 * was interrupted count once when it is started again.
 *
 * Nothing is made up: a message whose author is not known names none, a chat is a group only where several people
 * besides the company are in it, and what cannot be placed is told as broken instead of published.
 */
import type {
  Channel,
  DeliveredMessage,
  DeliveredParticipant,
  Identifier,
  ParticipantRole,
} from '@kith/contracts';
import { textCharsMax } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { isHtml, wordsOfHtml } from './html-text.ts';
import { identifierOn, identityKey, isOwn, type OwnIdentities } from './identify.ts';
import { mailExternalId, messageIdsIn } from './mail-identity.ts';
import type { Mapping } from './mapping.ts';
import { mailIdsOf, type OldMessage } from './old-rows.ts';
import type { MessagePage, OldMember } from './read-messages.ts';

/** What the items of a run are made with. */
export interface ItemRules {
  mapping: Mapping;
  /** The old system's name in ids. */
  source: string;
  own: OwnIdentities;
  /** Participants who wrote outbound messages: they are the company, whatever else they are. */
  writers: ReadonlySet<string>;
}

/** A message as it is published, or why it cannot be. `html` is put into the blob store first. */
export type MadeItem =
  | { ok: true; channel: Channel; item: DeliveredMessage; html: string | null; people: string[] }
  | { ok: false; broken: BrokenMessage };

/** Why a message belongs nowhere. */
export type BrokenMessage = 'message_without_conversation' | 'message_on_unknown_channel';

/** Makes the item of a message. */
export function itemOf(rules: ItemRules, page: MessagePage, message: OldMessage): MadeItem {
  const { conversation } = message;
  if (conversation === null) return { ok: false, broken: 'message_without_conversation' };
  const channel = channelOf(rules.mapping, conversation.channelType);
  if (channel === null) return { ok: false, broken: 'message_on_unknown_channel' };
  const members = page.members.get(conversation.id) ?? [];
  const people = peopleOf(rules, page, { channel, message, members });
  const html = channel === 'email' && isHtml(message.text) ? message.text : null;
  const text = cleanText(html === null ? message.text : wordsOfHtml(html), textCharsMax).trim();
  const subject = channel === 'email' ? cleanText(message.subject ?? '', 2000).trim() || null : null;
  const content = { participants: people, subject, text, sentAt: message.at };
  const where =
    channel === 'email'
      ? mailPlace(rules, message, content)
      : chatPlace(rules, channel, { message, members });
  const item: DeliveredMessage = {
    kind: 'message',
    ...where,
    ...content,
    html: null,
    attachments: [],
    ...(message.isOutbound ? { byAccount: true as const } : {}),
  };
  return { ok: true, channel, item, html, people: people.flatMap((person) => keysOf(channel, person)) };
}

/** What a channel's type in the old system is in Kith. */
export function channelOf({ channelTypes }: Mapping, type: string): Channel | null {
  const key = type.trim().toLowerCase();
  return Object.hasOwn(channelTypes, key) ? (channelTypes[key] ?? null) : null;
}

interface Content {
  participants: readonly DeliveredParticipant[];
  subject: string | null;
  text: string;
  sentAt: string | null;
}

type Place = Pick<DeliveredMessage, 'externalId' | 'conversation'>;

/** Of a name of ours in ids: no provider's begins so. */
const ownId = ({ source }: ItemRules, kind: string, id: string): string => `legacy:${source}:${kind}:${id}`;

/** The old conversation stays one thread, whatever its mails' ids say, and joins those that the ids name. */
function mailPlace(rules: ItemRules, message: OldMessage, content: Content): Place {
  const told = mailIdsOf(message.metadata);
  const [given] = [...messageIdsIn(told.own ?? ''), ...messageIdsIn(message.externalId ?? '')];
  const own = given ?? ownId(rules, 'message', message.id);
  const thread = ownId(rules, 'conversation', message.conversation?.id ?? '');
  const references = messageIdsIn(told.references).slice(0, referencesMax);
  const author = content.participants.find(({ role }) => role === 'from')?.identifiers[0]?.value ?? '';
  const { subject, text, sentAt } = content;
  return {
    externalId: mailExternalId({ ownId: own, author, claimedAt: sentAt ?? '', subject: subject ?? '', text }),
    conversation: { kind: 'thread', messageIds: [...new Set([own, ...references, thread])] },
  };
}

const referencesMax = 150;

function chatPlace(
  rules: ItemRules,
  channel: Channel,
  { message, members }: { message: OldMessage; members: readonly OldMember[] },
): Place {
  const { id = '', externalId = null } = message.conversation ?? {};
  const others = members.filter((member) => !isCompany(rules, channel, member));
  const named = externalId === null ? '' : cleanText(externalId, idCharsMax);
  const isUnipile = rules.mapping.accounts[channel].provider === 'unipile';
  return {
    externalId: cleanText(message.externalId ?? '', idCharsMax).trim() || ownId(rules, 'message', message.id),
    conversation: {
      kind: others.length > 1 ? 'group' : 'direct',
      externalId: named || ownId(rules, 'conversation', id),
      // Unipile's own id of a chat is known to webhooks under this name.
      ...(named !== '' && isUnipile ? { aliases: [`unipile:${named}`] } : {}),
    },
  };
}

const idCharsMax = 480;

function isCompany(rules: ItemRules, channel: Channel, { participant }: OldMember): boolean {
  if (rules.writers.has(participant.id)) return true;
  const found = identifierOn(channel, participant, rules.mapping.defaultCountry);
  return found.ok && isOwn(found.identifier, rules.own);
}

/** Who wrote comes first; everybody else in the conversation was written to. */
function peopleOf(
  rules: ItemRules,
  page: MessagePage,
  about: { channel: Channel; message: OldMessage; members: readonly OldMember[] },
): DeliveredParticipant[] {
  const { channel, message, members } = about;
  const sender = message.senderId === null ? undefined : page.participants.get(message.senderId);
  const named = [
    ...(sender === undefined ? [] : [{ participant: sender, role: 'from' as const }]),
    ...members.map(({ participant, role }) => ({ participant, role: recipientRole(channel, role) })),
  ];
  const people = new Map<string, DeliveredParticipant>();
  for (const { participant, role } of named) {
    const found = identifierOn(channel, participant, rules.mapping.defaultCountry);
    if (!found.ok) continue;
    const key = identityKey(channel, found.identifier);
    if (people.has(key)) continue;
    const displayName = cleanText(participant.name ?? '', 300).trim() || null;
    people.set(key, { identifiers: [clean(found.identifier)], displayName, role });
  }
  return [...people.values()];
}

const clean = ({ kind, value }: Identifier): Identifier => ({ kind, value: cleanText(value, 512) });

function recipientRole(channel: Channel, role: string | null): ParticipantRole {
  if (channel !== 'email') return 'member';
  const told = (role ?? '').trim().toLowerCase();
  return told === 'cc' || told === 'bcc' ? told : 'to';
}

const keysOf = (channel: Channel, { identifiers }: DeliveredParticipant): string[] =>
  identifiers.map((identifier) => identityKey(channel, identifier));
