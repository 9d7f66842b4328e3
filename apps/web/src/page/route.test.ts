import { expect, test } from 'vitest';
import { parseRecordId, recordHref } from './route.ts';

test.each(['93', 'a/b', 'ä ö#?', '%41'])('the id %j survives the address', (recordId) => {
  expect(parseRecordId(recordHref(recordId))).toBe(recordId);
});

test.each(['', '#/', '#/records/', '#/records/1/2', '#/records/%E0%A4%A', '#record'])(
  '%j names no record',
  (hash) => {
    expect(parseRecordId(hash)).toBe(null);
  },
);
