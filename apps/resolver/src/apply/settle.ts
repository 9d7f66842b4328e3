/*
 * How each item of a batch ended. Pure. Every item ends exactly once, and the switch has to know every kind.
 */
import type { Outcome, Settled } from './accounting.ts';
import { namedIdentifier } from './items.ts';
import type { BatchItems, Said } from './lay-out.ts';

/** The outcome of every item; `news` are those that told something new, all others that can be are duplicates. */
export function settle({ ofDelivery }: BatchItems, news: ReadonlySet<Said>): Settled[] {
  return [...ofDelivery].map(([arrived, items]) => {
    const details = new Map<number, string>();
    for (const [index, { item }] of items.entries()) {
      if (item.kind === 'unreadable') details.set(index, item.detail);
    }
    return { arrived, outcomes: items.map((said) => outcomeOf(said, news)), details };
  });
}

function outcomeOf(said: Said, news: ReadonlySet<Said>): Outcome {
  const { item, messageId } = said;
  const outcome = news.has(said) ? 'stored' : 'duplicate';
  switch (item.kind) {
    case 'ignored':
      return { outcome: 'ignored', reason: item.reason };
    case 'unreadable':
      return { outcome: 'dead_lettered', reason: item.reason };
    case 'reaction':
    case 'relation':
      // Of somebody without an identity on the channel there is nothing to keep.
      if (namedIdentifier(said.arrived.delivery.channel, item.person) === undefined) {
        return { outcome: 'ignored', reason: 'nothing_for_us' };
      }
      return messageId === null ? { outcome } : { outcome, messageId };
    case 'message':
    case 'status':
    case 'edit':
    case 'deletion':
    case 'media':
      return messageId === null ? { outcome } : { outcome, messageId };
  }
}
