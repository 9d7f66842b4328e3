/*
 * The HTML of a mail, without anything that runs, fetches or leads elsewhere than it says.
 *
 * It is the first of four walls: behind it stand the frame's own policy, the frame's sandbox, and the policy of the page
 * (docs/decisions/mail-in-a-frame.md). It is loaded with the first mail that has HTML.
 */
import type { DOMPurify } from 'dompurify';
import { allowedAttributes, allowedTags, imageSource, linkTarget, styleAttribute } from './allowed.ts';
import { foldQuote } from './fold-quote.ts';
import { styleElement, withInertStyles } from './inert-styles.ts';
import { type Found, scrubDeclarations, scrubSheet } from './scrub-css.ts';
import { trustedMail } from './trusted.ts';

/** A mail that can be shown. */
export interface SafeMail extends Found {
  /** In a document of its own, which fetches nothing. */
  body: HTMLElement;
  css: string;
}

type Findings = Found & { css: string[] };

/** Sanitises; images of the internet stay only where `showsImages`. Throws where the page forbids to parse HTML. */
export async function sanitiseMail(html: string, showsImages: boolean): Promise<SafeMail> {
  const { default: createDomPurify } = await import('dompurify');
  // One of its own each time: its hooks are not those of a host that uses the library, too.
  const purifier = createDomPurify(window);
  const found: Findings = { remoteImages: 0, setsColours: false, css: [] };
  addHooks(purifier, showsImages, found);
  const policy = trustedMail();
  const root = purifier.sanitize(withInertStyles(html), {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    // It holds no address, although `color:` looks like the beginning of one.
    ADD_URI_SAFE_ATTR: [styleAttribute],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    WHOLE_DOCUMENT: true,
    RETURN_DOM: true,
    ...(policy === null ? {} : { TRUSTED_TYPES_POLICY: policy }),
  });
  // A document of frames has none.
  const body = root.ownerDocument?.body ?? document.implementation.createHTMLDocument('').body;
  foldQuote(body);
  return { body, ...found, css: found.css.join('\n') };
}

function addHooks(purifier: DOMPurify, showsImages: boolean, found: Findings): void {
  purifier.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === styleElement) found.css.push(scrubSheet(node.textContent ?? '', showsImages, found));
  });
  purifier.addHook('afterSanitizeAttributes', (element) => {
    if (!(element instanceof HTMLElement)) return;
    applyStyle(element, showsImages, found);
    if (element.hasAttribute('bgcolor') || element.hasAttribute('color')) found.setsColours = true;
    if (element.tagName === 'IMG') sanitiseImage(element, showsImages, found);
    else element.removeAttribute('src');
    if (element.tagName === 'A') sanitiseLink(element);
    else element.removeAttribute('href');
  });
}

function applyStyle(element: HTMLElement, showsImages: boolean, found: Findings): void {
  const css = element.getAttribute(styleAttribute);
  element.removeAttribute(styleAttribute);
  if (css !== null) element.style.cssText = css;
  const background = element.getAttribute('background');
  element.removeAttribute('background');
  if (background !== null) element.style.backgroundImage = `url(${JSON.stringify(background)})`;
  scrubDeclarations(element.style, showsImages, found);
  moveImages(element, found);
}

/**
 * Chromium fetches what the style of an element names with a referrer, whatever the page and the frame say; what an
 * adopted style sheet names, without. So images that were asked for are named there.
 */
function moveImages({ style, dataset }: HTMLElement, found: Findings): void {
  const names = Array.from(style).filter((name) => /url\("(?!data:)/i.test(style.getPropertyValue(name)));
  if (names.length === 0) return;
  const declarations = names.map((name) => `${name}: ${style.getPropertyValue(name)} !important`);
  for (const name of names) style.removeProperty(name);
  dataset['kithImages'] = String(found.css.length);
  found.css.push(`[data-kith-images="${found.css.length}"] { ${declarations.join('; ')} }`);
}

/** What is fetched later, from the mail's own files, is named by `data-kith-cid`. */
function sanitiseImage(image: HTMLElement, showsImages: boolean, found: Found): void {
  const address = image.getAttribute('src') ?? '';
  const source = imageSource(address);
  if (source === 'data') return;
  image.removeAttribute('src');
  if (typeof source === 'object') image.dataset['kithCid'] = source.contentId;
  if (source !== 'remote') return;
  found.remoteImages += 1;
  image.setAttribute('referrerpolicy', 'no-referrer');
  // A frame of `about:` has no scheme that an address without one could take.
  if (showsImages) image.setAttribute('src', address.trim().replace(/^\/\//, 'https://'));
}

/** A link leads to a tab of its own, which learns nothing of this one, and tells where. */
function sanitiseLink(link: HTMLElement): void {
  const target = linkTarget(link.getAttribute('href') ?? '');
  if (target === null) {
    link.removeAttribute('href');
    return;
  }
  link.setAttribute('href', target);
  link.setAttribute('title', target);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  link.setAttribute('referrerpolicy', 'no-referrer');
}
