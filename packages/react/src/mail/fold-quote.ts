/*
 * Folds the earlier mail that a mail quotes, by the marks that mail programs put on it, or by the line that announces
 * it. Where nothing new stands above it, as in a forwarded mail, it stays open.
 */

/** Gmail, Apple Mail and Thunderbird, Yahoo, Proton; these hold the quote. */
const quotes = 'blockquote[type="cite" i], .gmail_quote, .yahoo_quoted, .protonmail_quote';
/** Outlook; all that follows is the quote. */
const beginnings = '#appendonsend, #divRplyFwdMsg, #mail-editor-reference-message-container';

/** Folds in place, and takes away the ids that the mail came with. */
export function foldQuote(body: HTMLElement): void {
  const first = body.querySelector<HTMLElement>(`${quotes}, ${beginnings}`) ?? announcedQuote(body);
  if (first !== null && hasTextBefore(body, first)) wrap(first);
  for (const element of body.querySelectorAll('[id]')) element.removeAttribute('id');
}

/** A quote without a mark of its own is the last that is said, below `On 2 Nov 2026 Ana wrote:`. */
function announcedQuote(body: HTMLElement): HTMLElement | null {
  const last = Array.from(body.querySelectorAll('blockquote')).findLast(
    (quote) => quote.parentElement?.closest('blockquote') == null,
  );
  if (last === undefined || announcement(last) === null) return null;
  const range = body.ownerDocument.createRange();
  range.setStartAfter(last);
  range.setEnd(body, body.childNodes.length);
  return range.toString().trim() === '' ? last : null;
}

const announcementMax = 300;

function announcement(quote: HTMLElement): Element | null {
  const before = quote.previousElementSibling;
  const words = before?.textContent?.trim() ?? '';
  return words.endsWith(':') && words.length <= announcementMax ? before : null;
}

function hasTextBefore(body: HTMLElement, element: HTMLElement): boolean {
  const range = body.ownerDocument.createRange();
  range.setStart(body, 0);
  range.setEndBefore(announcement(element) ?? element);
  return range.toString().trim() !== '';
}

function wrap(first: HTMLElement): void {
  const isBeginning = first.matches(beginnings);
  const details = first.ownerDocument.createElement('details');
  const summary = first.ownerDocument.createElement('summary');
  summary.textContent = 'Quoted text';
  const words = announcement(first);
  (words ?? first).before(details);
  details.append(summary, ...(words === null ? [] : [words]));
  if (!isBeginning) {
    details.append(first);
    return;
  }
  while (details.nextSibling !== null) details.append(details.nextSibling);
}
