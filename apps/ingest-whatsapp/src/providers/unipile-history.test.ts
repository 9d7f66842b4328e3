import {
  type Chat,
  type ChatEvent,
  type ChatPerson,
  createUnipileChatSender,
  demoChats,
  lidOf,
  openProviderHost,
  unipileAccountId,
} from '@kith/sandbox';
import { describeHistoryContract, type PostedBody } from '@kith/ingest/testing';
import { unipile } from './unipile.ts';

const network = 'WHATSAPP';

function someone(person: ChatPerson | undefined): ChatPerson {
  if (person === undefined) throw new Error('Ana is in none of the chats');
  return person;
}

/** Some chats of the demo, among them Ana's and the group. */
const told = demoChats('2026-11-20T10:00:00.000Z')
  .filter(({ account }) => account !== 'linkedin')
  .filter(({ chat }, index) => index < 6 || chat.kind === 'group');
const owner: ChatPerson = { id: 'jo', name: 'Jo Park', phone: '+442079460999', member: 7, slug: 'jo-park' };
const everybody = told.flatMap(({ chat }) => chat.people);
const ana = someone(everybody.find(({ slug }) => slug === 'ana-lima'));
const bob: ChatPerson = { id: 'bob', name: 'Bob Reis', phone: '+442079460150', member: 42, slug: 'bob-reis' };
/** Goes by a username on WhatsApp. */
const stranger: ChatPerson = { id: 'unnamed', name: 'Noor', country: 'FR', slug: 'noor-r', member: 43 };

const long: Chat = { id: 'long', kind: 'direct', people: [bob] };
const withStranger: Chat = { id: 'stranger', kind: 'direct', people: [stranger] };
/** Ana is in it and never writes. */
const group: Chat = { id: 'silent', kind: 'group', people: [bob, ana] };

const write = (chat: Chat, from: ChatPerson | null, n: number): ChatEvent => ({
  kind: 'message',
  id: `${chat.id} ${n}`,
  chat,
  at: new Date(Date.UTC(2026, 9, 1, 0, n)).toISOString(),
  from,
  content: { type: 'text', text: `${n}` },
});

const events: readonly ChatEvent[] = [
  ...told.flatMap((one) => one.events),
  ...Array.from({ length: 130 }, (_, n) => write(long, n % 2 === 0 ? bob : null, n)),
  write(withStranger, stranger, 1),
  write(withStranger, null, 2),
  write(group, bob, 3),
  write(group, null, 4),
];

for (const version of ['v1', 'v2'] as const) {
  const sender = createUnipileChatSender({ network, owner, apiVersion: version, webhookSecret: 'x' });
  const posted = (given: readonly ChatEvent[]): PostedBody[] =>
    given.flatMap((event) => {
      const webhook = sender.send(event, { nowMs: 1_790_000_000_000, url: 'https://unused.example' });
      return webhook === null ? [] : [{ body: webhook.body, contentType: 'application/json' }];
    });
  const postedWith = (person: ChatPerson): PostedBody[] =>
    posted(
      events.filter((event) => {
        const chat = 'chat' in event ? event.chat : 'message' in event ? event.message.chat : null;
        return chat?.people.some(({ id }) => id === person.id);
      }),
    );
  const secrets = { webhookSecret: 'x', apiVersion: version };
  describeHistoryContract({
    name: `Unipile ${version} on whatsapp`,
    provider: unipile,
    open: async () => {
      const host = await openProviderHost({ unipile: { apiKey: 'key' } });
      const accountId = unipileAccountId(network, owner);
      host.tellUnipile({ apiVersion: version, accountId, network, owner }, { chats: events });
      return host;
    },
    secrets: (url) => ({ ...secrets, apiKey: 'key', baseUrl: url }),
    withoutCredentials: secrets,
    webhooks: posted(events),
    people: [
      { identifiers: [{ kind: 'phone', value: ana.phone ?? '' }], webhooks: postedWith(ana) },
      {
        identifiers: [{ kind: 'whatsapp_lid', value: lidOf(ana) }],
        webhooks: version === 'v1' ? postedWith(ana) : [],
      },
      { identifiers: [{ kind: 'whatsapp_lid', value: lidOf(stranger) }], webhooks: postedWith(stranger) },
      { identifiers: [{ kind: 'phone', value: '+4930901820' }], webhooks: [] },
    ],
    webhooksTell: version === 'v2' ? 'sender_only' : 'all',
    tellsOutcomes: true,
    pages: { any: /\/messages\?/, behindFirst: /\/messages\?.*cursor=/ },
  });
}
