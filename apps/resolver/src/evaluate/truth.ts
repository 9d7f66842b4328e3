import { type Identity, type PlannedRecord, type Population, valuesIn } from './population.ts';
import { type RecordsWrite, writesIn } from './writes.ts';

/** What is right for an identity, by the labels of the population alone. */
export interface Truth {
  identity: Identity;
  /** The records of its person: a link to one of them is right, any other is wrong. */
  ownRecords: ReadonlySet<string>;
  /** The records that hold it in the end. */
  holders: readonly string[];
  /** The records that were the only one to hold it at some time: a link made then may stay, and is in review. */
  onceAlone: ReadonlySet<string>;
  /** Exact evidence decides: one record holds it, and it is its person's. */
  isDecidable: boolean;
  /** Exact evidence says something wrong: one record holds it, and it is not its person's. */
  isMisled: boolean;
}

/** The truth of every identity, in their order. */
export function truthsOf(population: Population): Truth[] {
  const holding: Holding = { byKey: new Map(), keysOf: new Map() };
  const once = population.identities.map((): Set<string> => new Set());
  const named = identitiesByKey(population.identities);
  for (const write of ([0, 1, 2] as const).flatMap((phase) => writesIn(phase, population.records))) {
    const touched = applyWrite(holding, write);
    for (const identity of new Set(touched.flatMap((key) => named.get(key) ?? []))) {
      const [only, ...others] = holdersOf(identity, holding);
      if (only !== undefined && others.length === 0) once[identity.id]?.add(only);
    }
  }
  return population.identities.map((identity) =>
    truthOf(identity, holdersOf(identity, holding), once[identity.id] ?? new Set()),
  );
}

function truthOf(identity: Identity, holders: string[], onceAlone: ReadonlySet<string>): Truth {
  const { owner, internal, nature } = identity;
  const mayLink = !internal && nature === 'person';
  const ownRecords = new Set(mayLink ? owner?.records.map(({ recordId }) => recordId) : []);
  const [only] = mayLink && holders.length === 1 ? holders : [];
  const isOwn = only !== undefined && ownRecords.has(only);
  return {
    identity,
    ownRecords,
    holders,
    onceAlone,
    isDecidable: isOwn,
    isMisled: only !== undefined && !isOwn,
  };
}

/** Which records hold which keys, as the writes go on. */
interface Holding {
  byKey: Map<string, Set<string>>;
  keysOf: Map<PlannedRecord, string[]>;
}

/** Answers the keys that the write touched. */
function applyWrite({ byKey, keysOf }: Holding, { phase, records }: RecordsWrite): string[] {
  return records.flatMap((record) => {
    const before = keysOf.get(record) ?? [];
    const after = valuesIn(record, phase).flatMap(({ names }) => names);
    for (const key of before) byKey.get(key)?.delete(record.recordId);
    for (const key of after) byKey.set(key, (byKey.get(key) ?? new Set()).add(record.recordId));
    keysOf.set(record, after);
    return [...before, ...after];
  });
}

function identitiesByKey(identities: readonly Identity[]): Map<string, Identity[]> {
  const named = new Map<string, Identity[]>();
  for (const identity of identities) {
    for (const key of keysOf(identity)) named.set(key, [...(named.get(key) ?? []), identity]);
  }
  return named;
}

/** The address that came with a LinkedIn profile links like its own ids. */
const keysOf = ({ namings, clue }: Identity): string[] => [
  ...namings.map(({ key }) => key),
  ...(clue === null ? [] : [`email ${clue}`]),
];

const holdersOf = (identity: Identity, { byKey }: Holding): string[] => [
  ...new Set(keysOf(identity).flatMap((key) => [...(byKey.get(key) ?? [])])),
];
