/*
 * How providers' APIs go wrong, on demand: the first misbehaviour that a request matches, and that has not been used
 * up, is what becomes of it.
 */
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import type { Served } from '../media/host-server.ts';
import type { PageTrick } from './api-part.ts';

/** What goes wrong. */
export type HowWrong =
  /** Answers a status. `retryAfter` are seconds, or a date as HTTP writes it. */
  | { answer: 'status'; status: number; retryAfter?: number | string }
  /** Answers half of the text, as if it were all. */
  | { answer: 'half' }
  /** Ends the connection in the middle. */
  | { answer: 'cut' }
  /** Answers late. */
  | { answer: 'slow'; ms: number }
  /** Answers a list whose items have no ids. */
  | { answer: 'without_ids' }
  /** Answers the page before again, leads to the same page for ever, or does not know its cursor any more. */
  | { answer: PageTrick };

/** Which requests go wrong: those whose path and query match. */
export interface Misbehaviour {
  match: RegExp;
  how: HowWrong;
  /** So many of them; one unless said. */
  times?: number;
  /** Only each n-th of them. */
  every?: number;
  /** Only so long from now. */
  forMs?: number;
}

/** Misbehaviours that were asked for. */
export interface Misbehaviours {
  add(misbehaviour: Misbehaviour): void;
  clear(): void;
  /** What becomes of the request to this path; null when nothing goes wrong. */
  take(path: string): HowWrong | null;
}

/** None as yet. */
export function createMisbehaviours(): Misbehaviours {
  let all: (Misbehaviour & { left: number; met: number; untilMs: number })[] = [];
  return {
    add: (given) => {
      const untilMs = performance.now() + (given.forMs ?? Infinity);
      const usual = given.forMs === undefined ? 1 : Infinity;
      all.push({ ...given, left: given.times ?? usual, met: 0, untilMs });
    },
    clear: () => {
      all = [];
    },
    take: (path) => {
      for (const one of all) {
        if (one.left <= 0 || performance.now() > one.untilMs || path.search(one.match) < 0) continue;
        one.met += 1;
        if (one.met % (one.every ?? 1) !== 0) continue;
        one.left -= 1;
        return one.how;
      }
      return null;
    },
  };
}

/** An answer as it goes wrong. */
export function gone(wrong: HowWrong | null, given: () => Served): Served {
  if (wrong === null) return given();
  switch (wrong.answer) {
    case 'status':
      return { answer: statusAnswer(wrong) };
    case 'half': {
      const { answer } = given();
      return { answer: { ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length / 2)) } };
    }
    case 'cut':
      return { ...given(), isCut: true };
    case 'slow':
      return { ...given(), afterMs: wrong.ms };
    case 'without_ids':
      return { answer: withoutIds(given().answer) };
    case 'page_twice':
    case 'cursor_loop':
    case 'cursor_expired':
      return given();
  }
}

function statusAnswer({ status, retryAfter }: { status: number; retryAfter?: number | string }): HostAnswer {
  const answer = jsonAnswer(status, { status, type: 'errors/told_to', title: `told to answer ${status}` });
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
}

const listNames = ['items', 'data', 'messages'];
const idNames = new Set(['id', 'email_id', 'message_id', 'provider_id', 'provider_message_id', 'sid']);

function withoutIds(answer: HostAnswer): HostAnswer {
  const object = JSON.parse(answer.body.toString()) as Record<string, unknown>;
  for (const name of listNames) {
    const list = object[name];
    if (Array.isArray(list)) object[name] = list.map(withoutId);
  }
  return { ...answer, body: Buffer.from(JSON.stringify(object)) };
}

const withoutId = (item: object): object =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !idNames.has(name)));
