/*
 * Moves a sanitised mail into its frame and follows its height, so that the page scrolls and the frame does not.
 */
import { frameStyles } from './frame-styles.ts';
import type { SafeMail } from './sanitise-mail.ts';

/** How a mail is filled in. */
export interface Filling {
  /** The file of the mail that its HTML names, as an address in this page; null where there is none. */
  fileUrl: (contentId: string) => Promise<string | null>;
  onHeight: (height: number) => void;
}

/** Fills the frame; call what it returns when the mail is no longer shown. */
export function fillFrame(frame: HTMLIFrameElement, doc: Document, mail: SafeMail, filling: Filling) {
  const sheet = doc.createElement('kith-mail');
  doc.body.append(sheet);
  doc.body.style.cssText = mail.body.style.cssText;
  const ground = mail.body.getAttribute('bgcolor');
  if (ground !== null) doc.body.setAttribute('bgcolor', ground);
  doc.documentElement.lang = mail.body.lang;
  // Copies, so that the same mail can be filled in again.
  for (const node of mail.body.childNodes) sheet.append(doc.importNode(node, true));
  const dress = () => adoptStyles(doc, [mail.css, frameStyles(frame, mail.setsColours)]);
  dress();
  showFiles(doc, filling.fileUrl);
  const stops = [followHeight(doc, sheet, filling.onHeight), followTheme(frame, dress)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** A style sheet belongs to the window that it was made by. */
function adoptStyles(doc: Document, texts: readonly string[]): void {
  const view = doc.defaultView;
  if (view === null) return;
  doc.adoptedStyleSheets = texts.map((text) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}

function showFiles(doc: Document, fileUrl: Filling['fileUrl']): void {
  for (const image of doc.querySelectorAll<HTMLImageElement>('img[data-kith-cid]')) {
    void showFile(image, fileUrl);
  }
}

/** Where the file cannot be had, the image's alternative text stands. */
async function showFile(image: HTMLImageElement, fileUrl: Filling['fileUrl']): Promise<void> {
  const url = await fileUrl(image.dataset['kithCid'] ?? '').catch(() => null);
  if (url !== null) image.src = url;
}

function followHeight(doc: Document, sheet: HTMLElement, onHeight: (height: number) => void): () => void {
  const measure = () => {
    const padding = doc.documentElement.getBoundingClientRect().height - sheet.clientHeight;
    onHeight(Math.ceil(padding + sheet.scrollHeight));
  };
  const observer = new ResizeObserver(measure);
  observer.observe(sheet);
  measure();
  return () => observer.disconnect();
}

/** The theme is the device's, or what the host says on `.kith`. */
function followTheme(frame: HTMLIFrameElement, onChange: () => void): () => void {
  const device = matchMedia('(prefers-color-scheme: dark)');
  device.addEventListener('change', onChange);
  const observer = new MutationObserver(onChange);
  const root = frame.closest('.kith');
  if (root !== null) observer.observe(root, { attributeFilter: ['data-theme'] });
  return () => {
    device.removeEventListener('change', onChange);
    observer.disconnect();
  };
}
