/*
 * From a record's fields to the identifiers that may link it. Pure, and total: whatever cannot be read is kept as it
 * came, with the reason why it identifies nobody, for `records.get` to show; everything else is read all the same.
 */
import type { Identifier } from '@kith/contracts';
import type { PipelineField, PipelineReading } from './pipeline.ts';
import { readField } from './read-field.ts';

/** What a record's fields gave. */
export interface Extraction {
  identifiers: FieldIdentifier[];
  unreadable: { field: string; reason: string }[];
  /** Registrable domains of the companies whose pages its `url` fields name. */
  companyDomains: string[];
}

/** An identifier, and the field that holds it. */
export type FieldIdentifier = Identifier & { field: string };

/** More identifiers than this do not name one person. */
export const identifiersMax = 1_000;
const reasonsMax = 20;

/**
 * Reads the fields that the pipeline declares as identifying. The country of phone numbers without one is the
 * record's own, where it has one, else the pipeline's.
 */
export function extractIdentifiers(
  fields: Readonly<Record<string, unknown>>,
  pipeline: PipelineReading,
  ownCountry: string | null = null,
): Extraction {
  const extraction: Extraction = { identifiers: [], unreadable: [], companyDomains: [] };
  const companyDomains = new Set<string>();
  for (const declared of pipeline.fields) {
    // A field named `__proto__` is a name like any other, and a record without it has none.
    if (!identifies(declared) || !Object.hasOwn(fields, declared.key)) continue;
    const country = ownCountry ?? pipeline.defaultCountry;
    const reading = readField(fields[declared.key], { type: declared.type, country });
    for (const domain of reading.companyDomains) companyDomains.add(domain);
    add(extraction, declared.key, reading);
  }
  return { ...extraction, companyDomains: [...companyDomains] };
}

const identifies = ({ type, identifies: said }: PipelineField): boolean => said ?? type !== 'text';

function add(
  extraction: Extraction,
  field: string,
  reading: { found: Identifier[]; problems: string[] },
): void {
  const { identifiers, unreadable } = extraction;
  const found = withoutRepeats(reading.found);
  const kept = found.slice(0, identifiersMax - identifiers.length);
  identifiers.push(...kept.map(({ kind, value }) => ({ kind, value, field })));
  const cut =
    kept.length === found.length
      ? []
      : [
          `only ${kept.length} of its ${found.length} identifiers count: a record has at most ${identifiersMax}`,
        ];
  const reasons = [...new Set([...cut, ...reading.problems])];
  const shown = reasons.length <= reasonsMax ? reasons : reasons.slice(0, reasonsMax - 1);
  unreadable.push(...shown.map((reason) => ({ field, reason })));
  if (shown.length < reasons.length) {
    unreadable.push({ field, reason: `and ${reasons.length - shown.length} more that cannot be read` });
  }
}

function withoutRepeats(identifiers: readonly Identifier[]): Identifier[] {
  return [...new Map(identifiers.map((found) => [`${found.kind} ${found.value}`, found])).values()];
}
