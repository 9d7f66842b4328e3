/*
 * Messages that keep coming while the demo runs: every few seconds somebody answers in one of the threads or chats, or
 * what the company wrote in a chat is delivered and read.
 *
 * It ends when `signal` aborts and never rejects: while a service is away it waits for it, and when its credentials
 * were replaced (another demo connected the same accounts) it connects them again.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type DemoAccounts, webhookOf } from './accounts.ts';
import type { ChatEvent } from './chat/chat.ts';
import type { DemoDelivery } from './demo-history.ts';
import type { Mail } from './mail/mail.ts';
import { postWebhook } from './post-webhook.ts';
import type { Random } from './random.ts';
import type { DemoChat } from './story/demo-chat.ts';
import { followUps, nextInChat } from './story/live-chat.ts';
import { liveLines } from './story/live-lines.ts';
import { type DemoThread, writeNext } from './story/thread.ts';

/** What the live traffic needs. */
export interface LiveOptions {
  threads: DemoThread[];
  chats: DemoChat[];
  accounts: DemoAccounts;
  /** Connects the accounts again and answers how to post to them now. */
  reconnect: () => Promise<DemoAccounts>;
  /** Hears of everything that was accepted. */
  remember: (delivery: DemoDelivery) => void;
  random: Random;
  log: (line: string) => void;
  signal: AbortSignal;
}

const pauseMs = { min: 4_000, max: 8_000 };
const mailShare = 0.5;
/** A conversation's beginning and its newest messages are all that is referred to; the rest need not be kept. */
const kept = 12;

/** Something to post, and what follows when it was accepted. */
interface Step {
  delivery: DemoDelivery;
  accepted: () => Step[];
}

/** Posts something new every 4 to 8 seconds until `signal` aborts. */
export async function playLive(options: LiveOptions): Promise<void> {
  const { random, signal } = options;
  let { accounts } = options;
  const waiting: Step[] = [];
  while (!signal.aborted) {
    try {
      await delay(random.int(pauseMs.min, pauseMs.max), undefined, { signal });
      const step = waiting.shift() ?? nextStep(options);
      const isAccepted = await post(options, accounts, step);
      if (isAccepted) waiting.push(...step.accepted());
      else accounts = await options.reconnect();
    } catch (err) {
      if (!signal.aborted) options.log(`a live message could not be posted: ${String(err)}`);
    }
  }
}

async function post(options: LiveOptions, accounts: DemoAccounts, { delivery }: Step): Promise<boolean> {
  const { target, body } = webhookOf(accounts, delivery);
  const result = await postWebhook(target, body, {
    patienceMs: Number.POSITIVE_INFINITY,
    signal: options.signal,
  });
  if (result.ended === 'accepted') {
    options.remember(delivery);
    return true;
  }
  options.log(`a live message was refused: ${result.message}; connecting the accounts again`);
  return false;
}

function nextStep({ random, threads, chats }: LiveOptions): Step {
  if (!random.chance(mailShare)) return chatStep(random, random.pick(chats));
  const thread = random.pick(threads);
  const mail = writeLive(random, thread);
  return {
    delivery: { account: thread.desk, mail },
    accepted: () => {
      keep(thread.mails, mail);
      return [];
    },
  };
}

function chatStep(random: Random, demo: DemoChat): Step {
  const event = nextInChat(random, demo);
  return stepOf(demo, [event], () => {
    keep(demo.events, event);
    const following = followUps(demo, event);
    const groups = demo.account === 'whatsapp' ? [following] : following.map((one) => [one]);
    return groups.filter((group) => group.length > 0).map((group) => stepOf(demo, group, () => []));
  });
}

function stepOf({ account }: DemoChat, events: readonly ChatEvent[], accepted: () => Step[]): Step {
  const [first, ...others] = events;
  if (first === undefined) throw new RangeError('a step tells of something');
  const at = first.at;
  return account === 'whatsapp'
    ? { delivery: { account, at, events: [first, ...others] }, accepted }
    : { delivery: { account, at, event: first }, accepted };
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > kept) list.splice(1, list.length - kept);
}

function writeLive(random: Random, thread: DemoThread): Mail {
  const contactWasLast = thread.mails.at(-1)?.from.address === thread.contact.address;
  const by = random.chance(contactWasLast ? 0.75 : 0.15) ? 'team' : 'contact';
  const domain = (by === 'team' ? thread.agent : thread.contact).address.split('@')[1] ?? 'acme.example';
  return writeNext(thread, {
    by,
    says: random.pick(liveLines[by]),
    messageId: `${randomUUID()}@${domain}`,
    date: new Date().toISOString(),
    html: random.chance(0.4),
  });
}
