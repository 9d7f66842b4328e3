/*
 * What a verification remembers of a walk through all messages: who and what was in them, and a random sample.
 */
import type { Channel, Message } from '@kith/contracts';
import type { EndedItem } from './history.ts';

/** How large the sample is at most, and by which numbers from 0 to 1 it is drawn. */
export interface SampleOptions {
  sample: number;
  random: () => number;
}

/** What a walk remembers: a text for each conversation and each person, never a message but for the sample. */
export interface Seen {
  /** Old conversations with messages, how many were found by their first one, and which they are in Kith. */
  conversations: Record<Channel, { old: Set<string>; found: number; now: Set<string> }>;
  people: Set<string>;
  sample: EndedItem[];
  /** Answers the first message of each conversation that was not seen before. */
  add(items: readonly EndedItem[]): EndedItem[];
  addFound(message: Message): void;
}

/** Begins with nothing seen. `random` gives numbers from 0 to 1. */
export function createSeen({ sample: sampleSize, random }: SampleOptions): Seen {
  const none = () => ({ old: new Set<string>(), found: 0, now: new Set<string>() });
  const conversations = { email: none(), whatsapp: none(), linkedin: none() };
  const people = new Set<string>();
  const sample: EndedItem[] = [];
  let count = 0;
  return {
    conversations,
    people,
    sample,
    add: (items) => {
      for (const item of items) {
        for (const person of item.people) people.add(person);
        count += 1;
        // Every message has the same chance, however many there will be.
        if (sample.length < sampleSize) sample.push(item);
        else if (random() * count < sampleSize) sample[Math.floor(random() * sampleSize)] = item;
      }
      return items.filter(({ channel, conversationId, messageId }) => {
        const { old } = conversations[channel];
        if (messageId === null || old.has(conversationId)) return false;
        old.add(conversationId);
        return true;
      });
    },
    addFound: ({ channel, conversationId }) => {
      conversations[channel].found += 1;
      conversations[channel].now.add(conversationId);
    },
  };
}
