/*
 * Mail that keeps coming while the demo runs: every few seconds somebody answers in one of the threads.
 *
 * It ends when `signal` aborts and never rejects: while a service is away it waits for it, and when its credentials
 * were replaced (another demo connected the same accounts) it connects them again.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { bodyOf, type DemoTargets } from './accounts.ts';
import type { Mail } from './mail/mail.ts';
import { postWebhook } from './post-webhook.ts';
import type { Random } from './random.ts';
import { liveLines } from './story/live-lines.ts';
import { type DemoThread, writeNext } from './story/thread.ts';

/** What the live traffic needs. */
export interface LiveOptions {
  threads: DemoThread[];
  targets: DemoTargets;
  /** Connects the accounts again and answers how to post to them now. */
  reconnect: () => Promise<DemoTargets>;
  random: Random;
  log: (line: string) => void;
  signal: AbortSignal;
}

const pauseMs = { min: 4_000, max: 8_000 };
/** A thread's beginning and its newest mails are all that a reply refers to; the rest need not be kept. */
const mailsKept = 12;

/** Posts one new mail every 4 to 8 seconds until `signal` aborts. */
export async function playLive(options: LiveOptions): Promise<void> {
  const { random, signal } = options;
  let targets = options.targets;
  while (!signal.aborted) {
    try {
      await delay(random.int(pauseMs.min, pauseMs.max), undefined, { signal });
      targets = await postNext(options, targets);
    } catch (err) {
      if (!signal.aborted) options.log(`live mail could not be posted: ${String(err)}`);
    }
  }
}

async function postNext(options: LiveOptions, targets: DemoTargets): Promise<DemoTargets> {
  const thread = options.random.pick(options.threads);
  const mail = writeLive(options.random, thread);
  const result = await postWebhook(targets[thread.desk], bodyOf({ desk: thread.desk, mail }), {
    patienceMs: Number.POSITIVE_INFINITY,
    signal: options.signal,
  });
  if (result.ended === 'accepted') {
    thread.mails.push(mail);
    if (thread.mails.length > mailsKept) thread.mails.splice(1, thread.mails.length - mailsKept);
    return targets;
  }
  options.log(`live mail was refused: ${result.message}; connecting the accounts again`);
  return options.reconnect();
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
