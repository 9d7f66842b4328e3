import { describe, expect, test } from 'vitest';
import { isTold } from './happenings.ts';

const page = (...ids: string[]) => ({ items: ids.map((id) => ({ id })) });

const fresh = page('new', 'edited');
const shown = [page('new', 'edited', 'behind'), page('old')];

describe('the newest page tells', () => {
  test('a new message that it has, and an older one that is shown', () => {
    expect(isTold([{ reason: 'message', messageId: 'new' }, { reason: 'start' }], { fresh, shown })).toBe(
      true,
    );
    expect(isTold([{ reason: 'message', messageId: 'old' }], { fresh, shown })).toBe(true);
    expect(isTold([{ reason: 'message', messageId: 'older' }], { fresh, shown })).toBe(false);
  });

  test('a change of a message that it has, and none of one that is shown as it was', () => {
    expect(isTold([{ reason: 'changed', messageId: 'edited' }], { fresh, shown })).toBe(true);
    expect(isTold([{ reason: 'changed', messageId: 'old' }], { fresh, shown })).toBe(false);
    expect(isTold([{ reason: 'changed', messageId: 'behind' }], { fresh, shown })).toBe(false);
  });

  test('a change of a message that is not shown', () => {
    expect(isTold([{ reason: 'changed', messageId: 'older' }], { fresh, shown })).toBe(true);
  });

  test('no change that names no message', () => {
    expect(isTold([{ reason: 'changed' }], { fresh, shown })).toBe(false);
  });

  test('everything where it is all that is shown', () => {
    expect(
      isTold([{ reason: 'changed' }, { reason: 'message', messageId: 'older' }], { fresh, shown: [fresh] }),
    ).toBe(true);
  });
});
