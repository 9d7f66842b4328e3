import { readdirSync, readFileSync } from 'node:fs';
import { readPosted } from '@kith/unipile/testing';
import { describe, expect, test } from 'vitest';
import { findShared } from '../../test/shared-files.ts';
import { unipile } from './unipile.ts';

const corpus = findShared('corpora/unipile');
const files = corpus.isPresent ? readdirSync(corpus.path).filter((name) => name.endsWith('.json')) : [];

/** What each body becomes on WhatsApp; the answers of lists are no webhooks. */
const wanted: Record<string, object> = {
  'v1-docs-new_relation.json': { kind: 'ignored', reason: 'other_account' },
  'v2-message.new.constructed.json': {
    kind: 'message',
    externalId: 'm1',
    text: 'hello',
    participants: [{ role: 'from' }],
  },
  'v2-email.new.constructed.json': { kind: 'ignored', reason: 'not_a_conversation_event' },
};

describe('the recorded bodies', () => {
  test.skipIf(!corpus.isPresent)('are all there', () => {
    expect(files).toEqual(expect.arrayContaining(Object.keys(wanted)));
  });

  test.each(files)('%s becomes what it is', async (name) => {
    const items = await readPosted(unipile, readFileSync(`${corpus.path}/${name}`));
    const list = { kind: 'unreadable', reason: 'not_a_message' };
    expect(items).toMatchObject([wanted[name] ?? list]);
  });
});
