/* Texts of Postgres's `tsvector` and `tsquery`, which take a lexeme between quotes. */

/** A lexeme as both take it. */
export const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;

/** Where a lexeme stands, and what it is: `A` counts most where matches are ranked. */
export interface Occurrence {
  place: number;
  weight: 'A' | 'B' | 'C' | 'D';
}

/** Postgres counts no further than 16,383. */
export const placesMax = 16_000;
/** Of a lexeme it keeps no more than 255. */
const occurrencesMax = 255;
/** Postgres takes 1,048,575 bytes of lexemes with their places; this much is left for their alignment. */
const bytesMax = 900_000;
/** Of one UTF-16 code unit. */
const utf8BytesMax = 3;

/** The lexemes of a vector under way. */
export interface Lexemes {
  found: Map<string, Occurrence[]>;
  bytes: number;
}

export const noLexemes = (): Lexemes => ({ found: new Map(), bytes: 0 });

/** Adds a lexeme where there is room for it. Of one place the first weight stays. */
export function addLexeme(lexemes: Lexemes, lexeme: string, at: Occurrence): void {
  if (at.place > placesMax || lexemes.bytes > bytesMax) return;
  const known = lexemes.found.get(lexeme);
  if (known === undefined) {
    lexemes.bytes += lexeme.length * utf8BytesMax + 4;
    lexemes.found.set(lexeme, [at]);
  } else if (known.length < occurrencesMax && known.at(-1)?.place !== at.place) {
    lexemes.bytes += 2;
    known.push(at);
  }
}

/** The vector. */
export function toVector({ found }: Lexemes): string {
  const parts: string[] = [];
  for (const [lexeme, occurrences] of found) {
    const places = occurrences.map(({ place, weight }) => `${place}${weight}`).join(',');
    parts.push(`${quoted(lexeme)}:${places}`);
  }
  return parts.join(' ');
}
