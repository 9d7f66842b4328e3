/*
 * What demo conversations are about. A topic is a thread in outline: a subject and its turns, each with the ways it
 * may be worded. Words in braces are filled in per thread: {company}, {number}, {amount}, {day}, {month}, {plan},
 * {depot}, {agent}.
 */
import { accountTopics } from './account-topics.ts';
import { salesTopics } from './sales-topics.ts';
import { supportTopics } from './support-topics.ts';

/** One mail of a thread in outline. */
export interface Turn {
  by: 'contact' | 'team';
  /** Ways to say it; paragraphs are separated by an empty line. */
  says: [string, ...string[]];
  file?: 'invoice' | 'export' | 'screenshot' | 'agreement';
}

/** A thread in outline. */
export interface Topic {
  subjects: [string, ...string[]];
  turns: [Turn, ...Turn[]];
}

/** Which address of the company a topic comes to, and so through which provider it arrives. */
export const topicsByDesk = { support: [...supportTopics, ...accountTopics], sales: salesTopics } as const;
export type Desk = keyof typeof topicsByDesk;

/** Replaces every `{slot}` of `text`; an unknown slot is a mistake in a topic. */
export function fillIn(text: string, slots: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot];
    if (value === undefined) throw new RangeError(`a topic uses {${slot}}, which nobody fills in`);
    return value;
  });
}
