/*
 * The frame in which a mail stands: two fixed documents, one that fetches nothing and one that also fetches images, for
 * a mail whose images were asked for. No part of a mail is ever written into them as text; its sanitised elements are
 * moved in.
 */
import { trustedMail } from './trusted.ts';

/**
 * Without `allow-scripts` nothing in it runs, without `allow-forms` nothing is sent, and nothing may navigate the page.
 * It is of our origin so that its height can be measured; links open tabs, which are ordinary ones.
 */
export const frameSandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

/** What the document may fetch. No style-src: styles come by script alone, which a policy does not concern. */
export function framePolicy(showsImages: boolean): string {
  const images = showsImages ? 'blob: data: https: http:' : 'blob: data:';
  return `default-src 'none'; img-src ${images}; form-action 'none'; base-uri 'none'`;
}

const documentWith = (policy: string): string =>
  [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer"></head><body></body></html>',
  ].join('');

/** Loads the document into the frame. Throws where the page's Trusted Types do not allow it. */
export function loadFrameDocument(frame: HTMLIFrameElement, showsImages: boolean): void {
  const text = documentWith(framePolicy(showsImages));
  const policy = trustedMail();
  // The types of the DOM do not know yet what a browser with Trusted Types asks for.
  Object.assign(frame, { srcdoc: policy === null ? text : policy.createHTML(text) });
}

/** The document once it is loaded, with its policy in force; null before, and where the frame is not of our origin. */
export function loadedDocument(frame: HTMLIFrameElement): Document | null {
  const loaded = frame.contentDocument;
  const policy = loaded?.head?.querySelector('meta[http-equiv="Content-Security-Policy"]') ?? null;
  return policy === null ? null : loaded;
}
