import {
  type Chat,
  type ChatEvent,
  type ChatPerson,
  createUnipileChatSender,
  demoChats,
  profileIdOf,
  openProviderHost,
  unipileAccountId,
} from '@kith/sandbox';
import { describeHistoryContract, type PostedBody } from '@kith/ingest/testing';
import { unipile } from './unipile.ts';

const network = 'LINKEDIN';

function someone(person: ChatPerson | undefined): ChatPerson {
  if (person === undefined) throw new Error('Ana is in none of the chats');
  return person;
}

/** Some chats of the demo, among them Ana's. */
const told = demoChats('2026-11-20T10:00:00.000Z')
  .filter(({ account }) => account === 'linkedin')
  .slice(0, 6);
const owner: ChatPerson = { id: 'jo', name: 'Jo Park', phone: '+442079460999', member: 7, slug: 'jo-park' };
const everybody = told.flatMap(({ chat }) => chat.people);
const ana = someone(everybody.find(({ slug }) => slug === 'ana-lima'));
const bob: ChatPerson = { id: 'bob', name: 'Bob Reis', phone: '+442079460150', member: 42, slug: 'bob-reis' };
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
    name: `Unipile ${version} on linkedin`,
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
      { identifiers: [{ kind: 'linkedin_profile', value: profileIdOf(ana) }], webhooks: postedWith(ana) },
      { identifiers: [{ kind: 'linkedin_public', value: ana.slug ?? '' }], webhooks: postedWith(ana) },
      {
        identifiers: [{ kind: 'linkedin_member', value: `urn:li:member:${ana.member}` }],
        // v2 does not tell the number of a member.
        webhooks: version === 'v1' ? postedWith(ana) : [],
      },
      { identifiers: [{ kind: 'linkedin_public', value: 'nobody-at-all' }], webhooks: [] },
    ],
    webhooksTell: version === 'v2' ? 'sender_only' : 'all',
    tellsOutcomes: true,
    pages: { any: /\/messages\?/, behindFirst: /\/messages\?.*cursor=/ },
  });
}
