/**
 * Where a value holds text that Postgres cannot store: a NUL character, or half of a surrogate pair. Answers the
 * path (`fields.note`), or null when there is none. Deeper than 100 levels counts as unstorable too.
 */
export function findUnstorable(value: unknown, path: readonly string[] = []): string | null {
  if (typeof value === 'string')
    return value.includes('\u0000') || !value.isWellFormed() ? pathOf(path) : null;
  if (typeof value !== 'object' || value === null) return null;
  if (path.length > 100) return pathOf(path);
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnstorable(key, path) ?? findUnstorable(inner, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

const pathOf = (path: readonly string[]): string => path.slice(0, 10).join('.') || 'input';
