/*
 * Whether the old system is in Kith: everything is counted on both sides, and a sample is compared by its content.
 *
 * The old rows are read again and made into the same deliveries; Kith says how each of their messages ended. So nothing
 * is taken from what the run said of itself, and it can be asked at any time while the old tables are there.
 */
import type { KithClient } from '@kith/client';
import type { Channel, IdentifierKind, Message } from '@kith/contracts';
import { type AppliedLinks, applyLinks, type LinkParts } from './apply-links.ts';
import { type EndedItem, type HistoryTally, type Walk, walkHistory } from './history.ts';
import { channels } from './identify.ts';
import { readDirectory } from './kith-participants.ts';
import { isSameText } from './mail-identity.ts';
import type { Report } from './report.ts';
import { createSeen, type SampleOptions, type Seen } from './seen.ts';

/** One sum, or one comparison. */
export interface Check {
  name: string;
  says: string;
  isOk: boolean;
  detail: string;
}

/** Whether everything adds up, and by which checks. */
export interface Verification {
  addsUp: boolean;
  checks: Check[];
  tally: HistoryTally;
  links: AppliedLinks;
}

const idsPerCall = 100;

/** Verifies. */
export async function verifyMigration(
  walk: Omit<Walk, 'publish' | 'onEnded'>,
  report: Report,
  options: SampleOptions,
): Promise<Verification> {
  const { kith } = walk;
  const seen = createSeen(options);
  const tally = await walkHistory({
    ...walk,
    publish: null,
    onEnded: async (items) => {
      for (const message of await readMessages(kith, seen.add(items))) seen.addFound(message);
    },
  });
  const recordIds = report.recordIds ?? new Set<string>();
  const parts: LinkParts = { kith, directory: await readDirectory(kith, seen.people), recordIds };
  const links = await applyLinks(parts, report.links, { dryRun: true });
  const checks = [
    ...messageChecks(tally, report),
    ...channels.flatMap((channel) => conversationCheck(seen, channel)),
    await participantCheck(parts, seen, report),
    linkCheck(links),
    sampleCheck(seen.sample, await readMessages(kith, seen.sample)),
  ];
  return { addsUp: checks.every(({ isOk }) => isOk), checks, tally, links };
}

async function readMessages(kith: KithClient, items: readonly EndedItem[]): Promise<Message[]> {
  const ids = items.flatMap(({ messageId }) => messageId ?? []);
  const found = new Map<string, Message>();
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const messageIds = ids.slice(start, start + idsPerCall);
    for (const message of (await kith.read.messages.get.query({ messageIds })).items) {
      found.set(message.id, message);
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Of each channel: old = stored + duplicate + ignored + dead-lettered + missing, and nothing of the last two. */
function messageChecks(tally: HistoryTally, { survey }: Report): Check[] {
  const broken = Object.values(tally.broken).reduce((sum, count) => sum + count, 0);
  const read = tally.messages + survey.later;
  const sum: Check = {
    name: 'messages',
    says: 'every old message was read',
    isOk: read === survey.messages,
    detail: `${survey.messages} = ${tally.messages - broken} delivered + ${broken} broken + ${survey.later} too late`,
  };
  return [sum, ...channels.flatMap((channel) => channelCheck(tally, channel))];
}

function channelCheck({ channels: endings }: HistoryTally, channel: Channel): Check[] {
  const { stored, duplicate, ignored, deadLettered, missing } = endings[channel];
  const total = stored + duplicate + ignored + deadLettered + missing;
  if (total === 0) return [];
  return [
    {
      name: `messages.${channel}`,
      says: `messages of ${channel} are in Kith`,
      isOk: deadLettered + missing === 0,
      detail:
        `${total} = ${stored} stored + ${duplicate} duplicate + ${ignored} ignored` +
        ` + ${deadLettered} dead-lettered + ${missing} missing`,
    },
  ];
}

/** Threads that turn out to be one are one in Kith; none is nowhere. */
function conversationCheck({ conversations }: Seen, channel: Channel): Check[] {
  const { old, found, now } = conversations[channel];
  if (old.size === 0) return [];
  return [
    {
      name: `conversations.${channel}`,
      says: `conversations of ${channel} are in Kith`,
      isOk: found === old.size,
      detail: `${old.size} with messages, ${found} found, ${found - now.size} of them joined with others`,
    },
  ];
}

async function participantCheck(
  { directory }: LinkParts,
  { people }: Seen,
  { survey }: Report,
): Promise<Check> {
  let found = 0;
  for (const person of people) {
    const [channel = '', kind = '', ...value] = person.split(' ');
    const identifier = { kind: kind as IdentifierKind, value: value.join(' ') };
    if ((await directory.find(channel as Channel, identifier)) !== null) found += 1;
  }
  return {
    name: 'participants',
    says: 'everybody who is in a message is in Kith',
    isOk: found === people.size,
    detail: `${found} of ${people.size} identities, of ${survey.participants} old participants`,
  };
}

function linkCheck({ missing, decided }: AppliedLinks): Check {
  return {
    name: 'links',
    says: 'people’s links are decisions in Kith',
    isOk: missing === 0,
    detail: `${decided} made, ${missing} still to be made`,
  };
}

function sampleCheck(sample: readonly EndedItem[], messages: readonly Message[]): Check {
  const found = new Map(messages.map((message) => [message.id, message]));
  const different = sample.filter((item) => !isSame(item, found.get(item.messageId ?? '')));
  const examples = different.slice(0, 5).map(({ oldId }) => oldId);
  const named = examples.length === 0 ? '' : `; not messages ${examples.join(', ')}`;
  return {
    name: 'sample',
    says: 'a random sample is the same, one by one',
    isOk: different.length === 0,
    detail: `${sample.length - different.length} of ${sample.length}${named}`,
  };
}

/** What is there may be newer: edited or taken back since. A copy that came before keeps its own text. */
function isSame({ message, channel, isStored }: EndedItem, found: Message | undefined): boolean {
  if (found === undefined || found.channel !== channel) return false;
  return !isStored || found.state !== undefined || isSameText(found.text, message.text);
}
