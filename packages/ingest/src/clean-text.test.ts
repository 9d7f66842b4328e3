import { describe, expect, test } from 'vitest';
import { cleanText, cutText } from './clean-text.ts';

describe('clean text', () => {
  test('has no NUL and no lone surrogate, and all else as it was', () => {
    expect(cleanText('a\0b\ud800c\udc00d')).toBe('ab\u{FFFD}c\u{FFFD}d');
    expect(cleanText('naïve 👩‍👩‍👧 \u202e text\r\n')).toBe('naïve 👩‍👩‍👧 \u202e text\r\n');
  });

  test('is cut between characters', () => {
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
    expect(cutText('😀', 0)).toBe('');
    expect(cleanText('😀'.repeat(10), 5)).toBe('😀😀');
  });
});
