/*
 * The default mapping as a file to edit: above each line what it means. Written from the schema, so that it cannot
 * fall behind it.
 */
import type * as z from 'zod';
import { mappedTables, Mapping } from './mapping.ts';

/** The lines of the file. */
export function mappingLines(): string[] {
  const defaults = Mapping.parse({});
  return ['{', ...linesOf(Mapping.shape, defaults, '  '), '}'];
}

function linesOf(shape: Readonly<Record<string, z.ZodType>>, values: object, indent: string): string[] {
  const entries = Object.entries(values) as [string, unknown][];
  return entries.flatMap(([key, value], index) => {
    const comma = index < entries.length - 1 ? ',' : '';
    const columns = Object.hasOwn(mappedTables, key)
      ? mappedTables[key as keyof typeof mappedTables]
      : undefined;
    const meaning = columns?.description ?? shape[key]?.description ?? '';
    const comment = `${indent}// ${meaning}`;
    if (columns === undefined) return [comment, `${indent}${JSON.stringify(key)}: ${jsonOf(value)}${comma}`];
    const inner = linesOf(columns.shape, value as object, `${indent}  `);
    return [comment, `${indent}${JSON.stringify(key)}: {`, ...inner, `${indent}}${comma}`];
  });
}

/** On one line, with spaces as people write them. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']');
}
