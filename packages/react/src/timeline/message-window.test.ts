import type { Message } from '@kith/client';
import { describe, expect, test } from 'vitest';
import {
  extendNewer,
  extendOlder,
  keepNear,
  mergeNewest,
  type MessageWindow,
  replaceRange,
  takeIn,
} from './message-window.ts';
import { messageAt } from './testing.ts';

const messages = (...seconds: number[]): Message[] => seconds.map((second) => messageAt(second));

function window(seconds: number[], ends: Partial<MessageWindow> = {}): MessageWindow {
  return { items: messages(...seconds), hasNewer: false, hasOlder: false, ...ends };
}

const secondsOf = ({ items }: { items: readonly Message[] }) => items.map(({ id }) => Number(id.slice(1)));
const none: ReadonlySet<string> = new Set();

describe('a stretch of a timeline', () => {
  test('grows at either end, in order, with nothing twice', () => {
    const older = extendOlder(window([30, 20], { hasOlder: true }), { items: messages(20, 10), isEnd: true });
    expect(older).toMatchObject({ hasOlder: false, hasNewer: false });
    const both = extendNewer(older, { items: messages(30, 40, 50), isEnd: false });
    expect(secondsOf(both)).toEqual([50, 40, 30, 20, 10]);
    expect(both).toMatchObject({ hasOlder: false, hasNewer: true });
  });

  test('orders messages of one instant as the server does, by the greater id', () => {
    const instant = messageAt(5).sentAt;
    const [a, b] = ['a', 'b'].map((id) => messageAt(5, { id, sentAt: instant }));
    const items = [a, b].filter((item) => item !== undefined);
    expect(extendOlder(window([9]), { items, isEnd: true }).items.map(({ id }) => id)).toEqual([
      'm9',
      'b',
      'a',
    ]);
  });

  test('is cut away from where one reads, and knows that more lies there', () => {
    expect(secondsOf(keepNear(window([5, 4, 3, 2, 1]), 'older', 3))).toEqual([3, 2, 1]);
    expect(keepNear(window([5, 4, 3, 2, 1]), 'older', 3)).toMatchObject({ hasNewer: true, hasOlder: false });
    expect(keepNear(window([5, 4, 3, 2, 1]), 'newer', 3)).toMatchObject({ hasNewer: false, hasOlder: true });
  });

  test('takes in what arrives or changes within it, and leaves out what lies beyond or is gone', () => {
    const cut = window([50, 40, 30], { hasNewer: true, hasOlder: true });
    const taken = takeIn(cut, { messages: messages(60, 45, 20), goneIds: new Set(['m40']) });
    expect(secondsOf(taken)).toEqual([50, 45, 30]);
    const edited = messageAt(40, { text: 'edited' });
    expect(takeIn(cut, { messages: [edited], goneIds: none }).items[1]?.text).toBe('edited');
    expect(takeIn(cut, { messages: messages(60), goneIds: none })).toBe(cut);
  });

  test('that is empty takes in the first message', () => {
    expect(secondsOf(takeIn(window([]), { messages: messages(1), goneIds: none }))).toEqual([1]);
  });

  test('takes the newest page in front, as that page says it', () => {
    const merged = mergeNewest(window([30, 25, 20, 10], { hasOlder: true }), {
      items: messages(50, 40, 30, 20),
      isEnd: false,
    });
    expect(secondsOf(merged)).toEqual([50, 40, 30, 20, 10]);
    expect(merged.hasOlder).toBe(true);
  });

  test('begins anew where more arrived than a page holds, so that there is no gap', () => {
    const merged = mergeNewest(window([30, 20]), { items: messages(90, 80), isEnd: false });
    expect(secondsOf(merged)).toEqual([90, 80]);
    expect(merged.hasOlder).toBe(true);
  });

  test('that ends before the newest message stays as it is', () => {
    const cut = window([30, 20], { hasNewer: true });
    expect(mergeNewest(cut, { items: messages(90), isEnd: false })).toBe(cut);
  });

  test('is read again within its ends, and keeps what was loaded beyond them meanwhile', () => {
    const items = replaceRange(
      messages(60, 50, 40, 30, 10),
      { newest: messageAt(50), oldest: messageAt(30) },
      messages(50, 45, 30),
    );
    expect(secondsOf({ items })).toEqual([60, 50, 45, 30, 10]);
  });
});
