/*
 * What is said in a chat, in outline. Words in braces are filled in per chat, as in the topics of mails.
 */
import type { Turn } from './topic.ts';

/** One message in outline, and what happens to it. */
export interface ChatTurn {
  by: Turn['by'];
  /** Ways to say it. All turns of a topic are told in the same way: the first, or the second where there is one. */
  says: [string, ...string[]];
  /** It answers the message this many before it. */
  quotes?: number;
  /** What the other side answers with a tap. */
  reaction?: string;
  /** What it says after its author had another look. */
  edited?: [string, ...string[]];
  /** Taken back a moment later. */
  deleted?: true;
  /** With a picture of this name, a voice message of so many seconds, or a document. */
  photo?: string;
  voice?: number;
  file?: NonNullable<Turn['file']>;
  /** With a place on the map. */
  place?: true;
  /** Not written, but chosen from what was offered. */
  choice?: true;
}

/** A conversation in outline. */
export type ChatTopic = readonly [ChatTurn, ...ChatTurn[]];
