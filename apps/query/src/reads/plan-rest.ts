/** What is known of a search within a record, after some of its messages were looked at. */
export interface Looked {
  /** Messages of the record, and about how many there are in all. */
  inRecord: number;
  inAll: number;
  /** The record's messages that were looked at, how many of them matched, and how many more matches are wanted. */
  walked: number;
  found: number;
  wanted: number;
}

/** To look a match up in a record's timeline costs about as much as to look at two of its messages. */
const costOfMatch = 2;
/** A guess that was too low costs another round. */
const roundsOff = 1.5;
const walkedMin = 5_000;

/**
 * How a search within a record goes on: how many more of its messages to look at one by one, or in spans of all messages,
 * where every match is looked up in the record's timeline. It is whichever has to look at less, if the word is as
 * common in the rest as it was so far.
 */
export function planRest({ inRecord, inAll, walked, found, wanted }: Looked): number | 'in spans' {
  const left = Math.max(inRecord - walked, 0);
  const share = found / walked;
  const toWalk = Math.min(left, share === 0 ? Infinity : wanted / share);
  // Nothing found may as well be nearly one.
  const matchesInAll = (inAll * (found + 1)) / walked;
  const toLookUp = Math.min(matchesInAll, (wanted * inAll) / Math.max(inRecord, 1));
  if (toWalk > costOfMatch * toLookUp) return 'in spans';
  return Math.max(walkedMin, Math.ceil(toWalk * roundsOff));
}
