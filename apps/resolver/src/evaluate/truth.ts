import type { Identity, PlannedRecord, Population } from './population.ts';
import { valuesIn } from './population.ts';

/** What is right for an identity, by the labels of the population alone. */
export interface Truth {
  identity: Identity;
  /** The records of its person: a link to one of them is right, any other is wrong. */
  ownRecords: ReadonlySet<string>;
  /** The records that hold it in the end. */
  holders: readonly string[];
  /** Exact evidence decides: one record holds it, and it is its person's. */
  isDecidable: boolean;
  /** Exact evidence says something wrong: one record holds it, and it is not its person's. */
  isMisled: boolean;
}

/** The truth of every identity, in their order. */
export function truthsOf(population: Population): Truth[] {
  const holding = holdersByKey(population.records);
  return population.identities.map((identity) => {
    const { owner, internal, nature } = identity;
    const mayLink = !internal && nature === 'person';
    const ownRecords = new Set(mayLink ? owner?.records.map(({ recordId }) => recordId) : []);
    const holders = [...new Set(keysOf(identity).flatMap((key) => holding.get(key) ?? []))];
    const [only] = mayLink && holders.length === 1 ? holders : [];
    const isOwn = only !== undefined && ownRecords.has(only);
    return { identity, ownRecords, holders, isDecidable: isOwn, isMisled: only !== undefined && !isOwn };
  });
}

/** The address that came with a LinkedIn profile links like its own ids. */
function keysOf({ namings, clue }: Identity): string[] {
  return [...namings.map(({ key }) => key), ...(clue === null ? [] : [`email ${clue}`])];
}

function holdersByKey(records: readonly PlannedRecord[]): Map<string, string[]> {
  const holding = new Map<string, string[]>();
  for (const record of records) {
    for (const key of valuesIn(record, 2).flatMap(({ names }) => names)) {
      const holders = holding.get(key);
      if (holders === undefined) holding.set(key, [record.recordId]);
      else holders.push(record.recordId);
    }
  }
  return holding;
}
