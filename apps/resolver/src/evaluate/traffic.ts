/*
 * What is written: deliveries as the ingest services would publish them, in any order, some of them twice.
 *
 * Texts become identifiers by the functions that the ingest services use. Everybody writes or is written to one to
 * four times; somebody of whom messages give several ids is named by each set of them that the population lists.
 */
import type { Channel, DeliveredMessage, DeliveredParticipant, Delivery, Identifier } from '@kith/contracts';
import { normalizeEmail, normalizeLinkedIn, normalizeWhatsApp } from '@kith/identity';
import { idOf } from '@kith/service';
import type { Identity, Naming, Population } from './population.ts';
import { createRandom, type Random } from './random.ts';

/** Business-scoped user ids are of this WhatsApp account. */
const scope = '102290129340398';
const historyShare = 0.25;
const repeatedShare = 0.05;
const pageSize = 20;
const startsAt = Date.UTC(2026, 0, 5, 8);

/** The deliveries of a population, in the order in which they arrive: the same for the same seed. */
export function makeTraffic(
  population: Population,
  options: { seed: number; workspace: string },
): Delivery[] {
  const random = createRandom(options.seed + 1);
  const messages = writeMessages(population.identities, random);
  const isHistory = new Map(messages.map((message) => [message, random.chance(historyShare)]));
  const live = messages.filter((message) => isHistory.get(message) === false).map((message) => [message]);
  const pages = (['email', 'whatsapp', 'linkedin'] as const).flatMap((channel) =>
    inPages(messages.filter((message) => isHistory.get(message) === true && message.channel === channel)),
  );
  const bodies = [...live, ...pages];
  const repeated = bodies.filter(() => random.chance(repeatedShare));
  return random
    .shuffled([...bodies, ...repeated])
    .map((body, index) => deliver(body, { ...options, index, isHistory: pages.includes(body) }));
}

/** How the naming is read, or null where it is nothing that could name anybody. */
export function readNaming({ kind, text }: Naming): Identifier | null {
  switch (kind) {
    case 'email': {
      const address = normalizeEmail(text);
      return address.ok ? { kind: 'email', value: address.key } : null;
    }
    case 'whatsapp': {
      const id = normalizeWhatsApp(text, { scope });
      return id.ok ? { kind: id.kind, value: id.key } : null;
    }
    case 'linkedin': {
      const profile = normalizeLinkedIn(text);
      return profile.ok ? { kind: profile.kind, value: profile.key } : null;
    }
  }
}

interface Written {
  channel: Channel;
  item: DeliveredMessage;
}

function writeMessages(identities: readonly Identity[], random: Random): Written[] {
  const own = new Map(identities.filter(isOwn).map((identity) => [identity.channel, identity]));
  const written: Written[] = [];
  for (const identity of identities) {
    const us = own.get(identity.channel);
    if (us === undefined || us === identity) continue;
    const count = Math.max(identity.together.length, 1 + random.int(4));
    for (let turn = 0; turn < count; turn += 1) {
      const bystander = random.chance(0.15) ? random.pick(identities) : null;
      const others = bystander?.channel === identity.channel && bystander !== identity ? [bystander] : [];
      written.push(writeMessage({ identity, us, others, turn, number: written.length }, random));
    }
  }
  return written;
}

const isOwn = ({ internal, stratum }: Identity): boolean => internal && stratum === 'shared.ownRecord';

function writeMessage(
  said: { identity: Identity; us: Identity; others: readonly Identity[]; turn: number; number: number },
  random: Random,
): Written {
  const { identity, us, others, turn, number } = said;
  const { channel } = identity;
  const [author, reader] = random.chance(0.6) ? [identity, us] : [us, identity];
  const participants = [
    named(author, 'from', turn),
    named(reader, channel === 'email' ? 'to' : 'member', turn),
    ...others.map((other) => named(other, channel === 'email' ? 'cc' : 'member', random.int(8))),
  ];
  const id = `m${number}@messages.example`;
  const item: DeliveredMessage = {
    kind: 'message',
    externalId: id,
    conversation:
      channel === 'email'
        ? { kind: 'thread', messageIds: [...new Set([id, `m${number - turn}@messages.example`])] }
        : { kind: others.length > 0 ? 'group' : 'direct', externalId: `${identity.id}-${others.length}` },
    participants,
    subject: channel === 'email' ? `About order ${identity.id}` : null,
    text: 'When does it leave your warehouse?',
    html: null,
    attachments: [],
    sentAt: new Date(startsAt + number * 60_000).toISOString(),
  };
  return { channel, item };
}

function named(identity: Identity, role: DeliveredParticipant['role'], turn: number): DeliveredParticipant {
  const set = identity.together[turn % identity.together.length] ?? [];
  const namings = identity.namings.filter((_, index) => set.includes(index));
  const clues: Naming[] = identity.clue === null ? [] : [{ kind: 'email', text: identity.clue, key: '' }];
  return {
    role,
    identifiers: [...namings, ...clues].flatMap((naming) => readNaming(naming) ?? []),
    displayName: identity.displayName,
    ...(identity.nature === 'list' ? { nature: 'list' as const } : {}),
  };
}

function inPages(messages: readonly Written[]): Written[][] {
  const count = Math.ceil(messages.length / pageSize);
  return Array.from({ length: count }, (_, page) => messages.slice(page * pageSize, (page + 1) * pageSize));
}

function deliver(
  body: readonly Written[],
  {
    seed,
    workspace,
    index,
    isHistory,
  }: { seed: number; workspace: string; index: number; isHistory: boolean },
): Delivery {
  const [{ channel } = { channel: 'email' as const }] = body;
  return {
    version: 1,
    id: idOf('evaluation', String(seed), workspace, String(index)),
    workspace,
    accountId: `our-${channel}`,
    channel,
    provider: channel === 'email' ? 'mime' : 'unipile',
    origin: isHistory ? 'sync' : 'webhook',
    receivedAt: '2026-11-01T08:00:00.000Z',
    raw: { key: `${workspace}/00/raw`, size: 1 },
    items: body.map(({ item }) => item),
  };
}
