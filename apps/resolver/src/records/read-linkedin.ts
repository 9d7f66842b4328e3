import { findIdentifiers, normalizeLinkedIn } from '@kith/identity';
import { joinReadings, nothing, type Reading } from './reading.ts';
import { badLinkedIn } from './reasons.ts';

/**
 * Every LinkedIn profile in a text: URLs, URNs and opaque ids, whatever stands around them. With `mayBeHandle` a
 * single word is taken for the name in a profile's URL, as CRMs keep it in a field of its own.
 */
export function readLinkedIn(text: string, options: { mayBeHandle: boolean }): Reading {
  const trimmed = text.trim();
  if (trimmed === '') return nothing;
  if (!/\s/.test(trimmed) && trimmed.split(mention).length <= 2) {
    const whole = readOne(trimmed, {
      declared: options.mayBeHandle && !placeholders.has(trimmed.toLowerCase()),
    });
    if (whole.found.length + whole.problems.length > 0) return whole;
  }
  const parts = findIdentifiers(trimmed, { kinds: ['linkedin'] });
  const found = parts.map(({ kind, key }) => ({ kind, value: key }));
  const rest = parts.reduce((left, { written }) => left.replace(written, ' '), trimmed);
  const words = rest.split(/[\s<>"'|;]+/).filter((word) => word.length <= wordCharsMax && mention.test(word));
  const others = joinReadings(words.map((word) => readOne(word.replace(/[,.)]+$/, ''), { declared: false })));
  if (found.length + others.found.length + others.problems.length > 0) {
    return joinReadings([{ found, problems: [] }, others]);
  }
  return options.mayBeHandle ? readHandles(trimmed) : nothing;
}

const mention = /linkedin\.|lnkd\.in|urn(?::|%3a)li/i;
const wordCharsMax = 2000;

/** What people write into a field that has no value. */
const placeholders = new Set(
  'na n/a n.a. none null nil no yes true false unknown undefined tbd todo linkedin profile - -- ? x'.split(
    ' ',
  ),
);

/** A list of names: `ana-lima, bob-x`. */
function readHandles(text: string): Reading {
  const words = text.split(/[,;|\n]+/).map((word) => word.trim());
  const handles = words.filter((word) => word !== '' && !placeholders.has(word.toLowerCase()));
  return joinReadings(
    handles.map((handle) => (/\s/.test(handle) ? nothing : readOne(handle, { declared: true }))),
  );
}

function readOne(text: string, options: { declared: boolean }): Reading {
  const result = normalizeLinkedIn(text, options);
  if (result.ok) return { found: [{ kind: result.kind, value: result.key }], problems: [] };
  const problem = badLinkedIn(text, result.reason);
  return { found: [], problems: problem === null ? [] : [problem] };
}
