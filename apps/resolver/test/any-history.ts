/*
 * Histories of a workspace for property tests: deliveries of all channels and several accounts, in which few people meet
 * again and again, with everything that deliveries can tell.
 */
import type { Channel, DeliveredMessage, Delivery, DeliveryItem, Identifier } from '@kith/contracts';
import * as fc from 'fast-check';
import type { Arrived } from '../src/apply/decode.ts';
import { arrived, chat, externalIdOf, mail } from './deliveries.ts';

/** Whom histories name, by channel. The last is the company, of every account of the channel. */
export const people: Record<Channel, readonly Identifier[]> = {
  email: [
    { kind: 'email', value: 'ana@lima.example' },
    { kind: 'email', value: 'bo@x.example' },
    { kind: 'email', value: 'eve@y.example' },
    { kind: 'email', value: 'support@acme.example' },
  ],
  whatsapp: [
    { kind: 'phone', value: '+5511987654321' },
    { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' },
    { kind: 'phone', value: '+14155552671' },
    { kind: 'phone', value: '+14155550100' },
  ],
  linkedin: [
    { kind: 'linkedin_member', value: 'urn:li:member:42' },
    { kind: 'linkedin_public', value: 'ana-lima' },
    { kind: 'linkedin_profile', value: 'ACoAAAAAACoB' },
    { kind: 'linkedin_member', value: 'urn:li:member:1' },
  ],
};
const ownNumber = 3;

/** A delivery of a history: what was delivered, before it has an id and a place in the stream. */
export type Told = Pick<Delivery, 'items' | 'origin' | 'receivedAt' | 'accountId' | 'channel'>;

/** Lets it arrive in a workspace; each time it comes it has an id of its own. */
export const arrive = (told: Told, index: number, workspace: string): Arrived =>
  arrived(told.items, { ...told, workspace, raw: { key: `${workspace}/aa/raw-${index}`, size: 1 } });

/** Histories of some deliveries. */
export const anyHistory = fc.array(
  fc.constantFrom<Channel>('email', 'whatsapp', 'linkedin').chain(delivery),
  {
    minLength: 3,
    maxLength: 9,
  },
);

const instant = (day: number) =>
  fc.integer({ min: 0, max: 4 }).map((count) => `2026-03-0${day}T08:0${count}:00.000Z`);

function delivery(channel: Channel): fc.Arbitrary<Told> {
  const item =
    channel === 'email' ? anyMail : fc.oneof({ weight: 3, arbitrary: anyChat(channel) }, anyWord(channel));
  return fc.record({
    items: fc.array(fc.oneof({ weight: 9, arbitrary: item }, fc.constant(unreadable)), {
      minLength: 1,
      maxLength: 2,
    }),
    origin: fc.constantFrom('webhook' as const, 'sync' as const),
    receivedAt: instant(2),
    accountId: fc.constantFrom(`${channel}-1`, `${channel}-2`),
    channel: fc.constant(channel),
  });
}

const unreadable: DeliveryItem = { kind: 'unreadable', reason: 'parse_failed', detail: 'broken' };

const numbers = (minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.nat({ max: ownNumber }), { minLength, maxLength });

const anyMail: fc.Arbitrary<DeliveryItem> = fc
  .record({
    id: fc.nat({ max: 5 }),
    from: fc.nat({ max: ownNumber }),
    to: numbers(1, 3),
    refs: numbers(0, 1),
  })
  .map(({ id, from, to, refs }) => ({
    ...mail({
      id: `m${id}@x`,
      from: people.email[from]?.value ?? '',
      to: to.flatMap((number) => people.email[number]?.value ?? []),
      refs: refs.map((ref) => `m${ref}@x`),
    }),
    html: id === 0 ? { key: 'acme/aa/html', size: 1 } : null,
  }));

const person = (channel: Channel) =>
  fc.record({ first: fc.nat({ max: ownNumber }), joined: fc.boolean() }).map(({ first, joined }) => {
    const isOwn = first === ownNumber;
    const also = joined && !isOwn && first < 2 ? people[channel][first === 0 ? 1 : 0] : undefined;
    return {
      identifiers: [people[channel][first], also].filter((one) => one !== undefined),
      displayName: null,
      ...(isOwn ? { own: true as const } : {}),
    };
  });

const anyChat = (channel: 'whatsapp' | 'linkedin'): fc.Arbitrary<DeliveryItem> =>
  fc
    .record({
      id: fc.nat({ max: 4 }),
      from: person(channel),
      to: fc.array(person(channel), { minLength: 1, maxLength: 2 }),
      file: fc.option(fc.nat({ max: 1 })),
    })
    .map(({ id, from, to, file }): DeliveredMessage => ({
      ...chat({
        id: `c${id}`,
        channel,
        from: [],
        chat: `chat-${id % 3}`,
        kind: id % 3 === 0 ? 'group' : 'direct',
      }),
      participants: [{ role: 'from', ...from }, ...to.map((one) => ({ role: 'to' as const, ...one }))],
      attachments:
        file === null
          ? []
          : [
              {
                name: 'a.jpg',
                type: 'image/jpeg',
                blob: null,
                contentId: null,
                inline: false,
                media: { key: `file:${file}`, size: 3 },
              },
            ],
    }));

function anyWord(channel: 'whatsapp' | 'linkedin'): fc.Arbitrary<DeliveryItem> {
  const messageId = fc.nat({ max: 4 }).map((number) => externalIdOf(`c${number}`));
  const at = instant(1);
  return fc.oneof(
    fc.record({
      kind: fc.constant('status' as const),
      messageId,
      status: fc.constantFrom('sent' as const, 'read' as const),
      recipient: fc.constantFrom(null, ...people[channel].slice(0, 2)),
      at,
      detail: fc.constant(null),
    }),
    fc.record({
      kind: fc.constant('reaction' as const),
      messageId,
      person: person(channel),
      emoji: fc.constantFrom(null, '👍'),
      at,
    }),
    fc.record({
      kind: fc.constant('edit' as const),
      messageId,
      editId: fc.constant('e0'),
      text: fc.constant('Edited'),
      at,
    }),
    fc.record({
      kind: fc.constant('relation' as const),
      relation: fc.constantFrom('connection' as const, 'contact' as const, 'same_person' as const),
      person: person(channel),
      at,
    }),
    fc.record({
      kind: fc.constant('media' as const),
      key: fc.nat({ max: 1 }).map((number) => `file:${number}`),
      result: fc.constant({ blob: { key: 'acme/aa/file', size: 3 }, type: null }),
    }),
  );
}
