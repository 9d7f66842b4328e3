/*
 * A urlencoded form as the object it was made of. `sender[attendee_name]=Kim` and `sender.attendee_name=Kim` are
 * nested, an object whose keys are 0, 1, 2 … is a list, and a value that is written JSON is read.
 *
 * What v1's `format: form` looks like is written down nowhere, so every usual form is read. Linear in the body; the
 * objects have no prototype, so a key like `__proto__` is a key like any other.
 */
import { type Loose, parseJson } from '@kith/ingest/loose-json';

const fieldsMax = 50_000;
const depthMax = 8;

/** A part of the form while it is being put together. */
type Branch = Map<string, Branch | string>;

/** Reads a form; null when the text is none. */
export function readForm(text: string): Loose | null {
  if (!/^[\w.[\]%+-]{1,200}=/.test(text)) return null;
  const root: Branch = new Map();
  for (const [key, value] of firstPairs(text)) put(root, pathOf(key), value);
  const form = toValue(root);
  return Array.isArray(form) ? null : (form as Loose);
}

function* firstPairs(text: string): Generator<[string, string]> {
  let count = 0;
  for (const pair of new URLSearchParams(text)) {
    count += 1;
    if (count > fieldsMax) return;
    yield pair;
  }
}

/** `a[b][0]` and `a.b.0` are three steps; `a[]` is a step to the next free place. */
function pathOf(key: string): string[] {
  return key.replaceAll(']', '').split(/[.[]/, depthMax);
}

function put(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  for (const [depth, step] of path.entries()) {
    const key = step === '' && depth > 0 ? String(branch.size) : step;
    if (depth === path.length - 1) {
      if (!branch.has(key)) branch.set(key, value);
      return;
    }
    const next = branch.get(key);
    if (typeof next === 'string') return;
    const child: Branch = next ?? new Map();
    if (next === undefined) branch.set(key, child);
    branch = child;
  }
}

function toValue(branch: Branch): unknown {
  const values = Array.from(
    branch,
    ([key, value]) => [key, typeof value === 'string' ? read(value) : toValue(value)] as const,
  );
  if (values.length > 0 && values.every(([key], index) => key === String(index)))
    return values.map(([, value]) => value);
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of values) object[key] = value;
  return object;
}

/** Objects and lists only: an id of digits alone stays text, and `isSet` knows `true` as text. */
function read(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value;
  return parseJson(Buffer.from(value)) ?? value;
}
