/*
 * What is searched for: words of a population, which come up as unevenly as a language's. The n-th is about 1/n as common
 * as the first one.
 */
import { searchMessages } from '../../apps/query/dist/reads/message-search.js';
import { requireRecord } from '../../apps/query/dist/reads/record.js';
import { naive } from './naive.mjs';

const limit = 25;

/** A common word, one of a thirtieth of all messages, one of a thousandth, a phrase that there is, and within a record. */
export async function searchesOf(at, http) {
  const { items } = await http('records.timeline', { recordId: at.largest, limit: 1 });
  const phrase = items[0].text.split(' ').slice(0, 2).join(' ');
  return [
    searchOf(at, { kind: 'common word', words: 'w1' }),
    searchOf(at, { kind: 'medium word', words: 'w100' }),
    searchOf(at, { kind: 'rare word', words: 'w5000' }),
    searchOf(at, { kind: 'phrase', words: phrase, typed: `"${phrase}"` }),
    searchOf(at, { kind: 'medium word', words: 'w100', record: 'largest' }),
    searchOf(at, { kind: 'medium word', words: 'w100', record: 'heavy' }),
  ];
}

function searchOf({ workspace, ...at }, { kind, words, typed = words, record }) {
  const recordId = record && at[record];
  return {
    name: `messages.search, ${kind}`,
    of: record ?? 'any',
    procedure: 'messages.search',
    input: { query: typed, limit, ...(recordId && { recordId }) },
    read: async (db) => {
      if (recordId !== undefined) await requireRecord(db, workspace, recordId);
      const now = new Date().toISOString();
      const scope = { workspace, recordId, channels: undefined };
      return searchMessages(db, { ...scope, typed, after: undefined, limit, now });
    },
    naive: naive.search(workspace, recordId, { words, limit }),
  };
}
