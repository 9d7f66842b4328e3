/*
 * Which folders of a mailbox are walked, and in which order.
 *
 * All that can be opened but drafts, spam and trash, which the server marks (RFC 6154) or which are known by their
 * usual names in many languages. Where the server marks one folder as holding all mail, as Gmail does, the others are
 * views of it and are left out. The order hangs on paths alone, so that a walk finds its place again when folders have
 * come and gone.
 */
import type { ListResponse } from 'imapflow';

/** What is read of a folder. */
export type Folder = Pick<ListResponse, 'path' | 'delimiter' | 'flags' | 'specialUse' | 'specialUseSource'>;

const leftOut = new Set(['\\Drafts', '\\Junk', '\\Trash']);
const notSelectable = ['\\Noselect', '\\NonExistent'];

/** The paths to walk, in order; of those `named` where the account names some. */
export function foldersToWalk(
  folders: readonly Folder[],
  named: readonly string[] | undefined,
): readonly string[] {
  const selectable = folders.filter(({ flags }) => !notSelectable.some((flag) => flags.has(flag)));
  const all = selectable.find(
    ({ specialUse, specialUseSource }) => specialUse === '\\All' && specialUseSource === 'extension',
  );
  const walked =
    named !== undefined
      ? selectable.filter(({ path }) => named.includes(path))
      : all !== undefined
        ? [all]
        : withoutLeftOut(selectable);
  return walked.map(({ path }) => path).toSorted(byOrder);
}

/** The folder that comes after a path, which need not be there any more; null behind the last one. */
export function folderAfter(folders: readonly string[], path: string): string | null {
  return folders.find((folder) => byOrder(folder, path) > 0) ?? null;
}

/** What lies in the trash is trash, so a folder goes with the one above it. */
function withoutLeftOut(folders: readonly Folder[]): Folder[] {
  const roots = folders.filter(({ specialUse }) => leftOut.has(specialUse ?? ''));
  return folders.filter(
    ({ path }) =>
      !roots.some((root) => path === root.path || path.startsWith(`${root.path}${root.delimiter}`)),
  );
}

/** The inbox first, which is INBOX in any case (RFC 3501), then by path. */
function byOrder(a: string, b: string): number {
  const rank = (path: string): string => (path.toUpperCase() === 'INBOX' ? '0' : `1${path}`);
  const [first, second] = [rank(a), rank(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}
