import { describe, expect, test } from 'vitest';
import { contentIdsOf } from './content-ids.ts';

const idsOf = (written: string) => Object.fromEntries(contentIdsOf(written));

describe('the content ids of files', () => {
  test.each([
    ['{"<abc>": "attachment-2"}', { 'attachment-2': '<abc>' }],
    ['{"abc": "attachment2", "d": "attachment10"}', { attachment2: 'abc', attachment10: 'd' }],
    ['{"attachment-1": "<abc>"}', { 'attachment-1': '<abc>' }],
    [
      '[["<abc>", "attachment-1"], ["<d>", "attachment-2"]]',
      { 'attachment-1': '<abc>', 'attachment-2': '<d>' },
    ],
    [
      '{"": "attachment-1", "": "attachment-2", "<abc>": "attachment-3", "<abc>": "attachment-4"}',
      { 'attachment-3': '<abc>', 'attachment-4': '<abc>' },
    ],
    [String.raw`{"a\"b\u00e1": "attachment-1"}`, { 'attachment-1': 'a"bá' }],
    ['{"__proto__": "attachment-1"}', { 'attachment-1': '__proto__' }],
    ['{"<abc>": 3, "attachment-1": null}', { 'attachment-1': '<abc>' }],
    ['{"<abc>": "attachment-1', { 'attachment-1': '<abc>' }],
    ['{}', {}],
    ['', {}],
    ['no json', {}],
  ])('in %j are %j', (written, ids) => {
    expect(idsOf(written)).toEqual(ids);
  });

  test.each(['"', '\\', '"\\', '"a":', String.raw`"\"`])('in %j without end are read in time', (written) => {
    expect(contentIdsOf(written.repeat(2_000_000)).size).toBe(0);
  });
});
