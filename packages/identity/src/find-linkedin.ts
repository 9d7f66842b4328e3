/* LinkedIn profiles inside free text: URLs of a person's page, and URNs. */
import type { FoundIdentifier } from './find.ts';
import { normalizeLinkedIn } from './linkedin.ts';

const candidatesMax = 50;
const hostCharsMax = 80;
const urlCharsMax = 400;

/** Finds URLs and URNs that name one person. */
export function findLinkedIn(text: string): FoundIdentifier[] {
  const lower = text.toLowerCase();
  const starts = [...marksOf(lower, 'linkedin.'), ...marksOf(lower, 'urn:li:')];
  return starts.flatMap((mark) => {
    const from = mark - leadLength(lower, mark);
    const written = /^[^\s<>"'`()[\]{}|\\^]*/.exec(text.slice(from, from + urlCharsMax))?.[0] ?? '';
    const bare = written.replace(/[.,;:!?*_~-]+$/, '');
    const result = normalizeLinkedIn(bare);
    return result.ok
      ? [{ kind: result.kind, key: result.key, loose: result.loose, written: bare, at: from }]
      : [];
  });
}

function marksOf(text: string, mark: string): number[] {
  const marks: number[] = [];
  for (
    let at = text.indexOf(mark);
    at >= 0 && marks.length < candidatesMax;
    at = text.indexOf(mark, at + 1)
  ) {
    marks.push(at);
  }
  return marks;
}

/** How much of a URL stands before its host's `linkedin.`: subdomains and the scheme. */
function leadLength(text: string, mark: number): number {
  const before = text.slice(Math.max(0, mark - hostCharsMax), mark);
  return /(?:https?:\/\/)?[a-z0-9.@:-]*$/.exec(before)?.[0].length ?? 0;
}
