/*
 * Sets of UIDs as IMAP writes them (`4:7,9`), which is how a mailbox of a hundred thousand mails fits into a cursor.
 */

/** The set, of UIDs in ascending order without repeats. */
export function writeUids(uids: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const uid of uids) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] + 1 === uid) range[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}

/** The UIDs of a set that `writeUids` wrote, ascending. */
export function readUids(written: string): number[] {
  if (written === '') return [];
  return written.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** As many of the last UIDs as can be written in so many characters; there may be a few more that could. */
export function lastUids(uids: readonly number[], charsMax: number): readonly number[] {
  let chars = 0;
  let at = uids.length;
  while (at > 0) {
    const [uid = 0, after] = [uids[at - 1], uids[at]];
    // Each that follows on nothing begins a range, which is written as two numbers, a colon and a comma.
    if (after !== uid + 1) chars += 2 * String(uid).length + 2;
    if (chars > charsMax) break;
    at -= 1;
  }
  return uids.slice(at);
}
