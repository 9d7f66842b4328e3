/*
 * Reads what providers send without believing in its form: every accessor is total, and what is not of the expected
 * type is null or empty. Providers add fields and change types without notice, and one odd field must not cost the
 * message around it. Only own properties are seen, so a key like `__proto__` is a key like any other.
 */

/** An object of a payload; its fields are not known to be anything. */
export type Loose = Readonly<Record<string, unknown>>;

/** The JSON of a body, or undefined when it is none. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The value as an object, or null. */
export function objectOf(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}

/** A field of a value, or undefined where the value is no object or has none of that name. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    const object = objectOf(found);
    if (object === null || !Object.hasOwn(object, key)) return undefined;
    found = object[key];
  }
  return found;
}

/** A list, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that is not blank, or null. Numbers count as text: some providers write ids both ways. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A finite number, also one written as text, or null. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Whether a flag is set: `true`, 1, or either as text. */
export function isSet(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** The first text among the fields of these names, or null. */
export function firstText(value: unknown, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textOf(field(value, key));
    if (text !== null) return text;
  }
  return null;
}

/** An instant from ISO 8601 or RFC 2822 text, or null; a time without a zone is UTC. */
export function instantOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const isZoneless = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text);
  return inRange(Date.parse(isZoneless ? `${text.replace(' ', 'T')}Z` : text));
}

/** An instant from seconds since 1970, as a number or as text, or null. */
export function instantOfSeconds(value: unknown): string | null {
  const seconds = numberOf(value);
  return seconds === null ? null : inRange(seconds * 1000);
}

const latestMs = Date.UTC(9999, 11, 31);

function inRange(ms: number): string | null {
  return ms >= 0 && ms <= latestMs ? new Date(ms).toISOString() : null;
}
