/*
 * What the frame says of its mail's looks. A mail that sets no colours takes those of the theme; one that does was
 * written for white, and gets black on white, whatever the page looks like.
 */

/** The style sheet that stands after the mail's own. */
export function frameStyles(frame: HTMLIFrameElement, setsColours: boolean): string {
  const { fontFamily, fontSize, lineHeight, getPropertyValue } = bound(getComputedStyle(frame));
  const colour = (name: string, other: string) =>
    setsColours ? other : getPropertyValue(name).trim() || other;
  return `
    :root { color-scheme: ${setsColours ? 'light' : 'light dark'}; background: transparent; }
    html, body {
      height: auto !important; min-height: 0 !important; max-height: none !important;
      overflow: visible !important; position: static !important; float: none !important;
    }
    body { margin: 0 !important; width: auto !important; min-width: 0 !important; }
    :where(html) { font-family: ${fontFamily}; font-size: ${fontSize}; line-height: ${lineHeight}; }
    :where(body) { color: ${colour('--kith-text', 'CanvasText')}; overflow-wrap: anywhere; }
    :where(a[href]) { color: ${colour('--kith-accent', 'LinkText')}; }
    :where(blockquote) { margin: 0.5em 0; padding-left: 0.75em; border-left: 2px solid #8885; }
    :where(p) { margin: 0 0 0.75em; }
    :where(pre) { white-space: pre-wrap; }
    :where(table) { overflow-wrap: normal; }
    :where(summary) { min-height: 24px; cursor: pointer; color: ${colour('--kith-muted', 'CanvasText')}; }
    :where(img) { max-width: 100%; }
    :where(img:not([height])) { height: auto; }
    kith-mail {
      all: initial; display: flow-root !important; position: relative !important;
      overflow-x: auto !important; overflow-y: hidden !important;
      font: inherit; color: inherit; line-height: inherit; direction: inherit; overflow-wrap: inherit;
    }`;
}

function bound(style: CSSStyleDeclaration) {
  const { fontFamily, fontSize, lineHeight } = style;
  return { fontFamily, fontSize, lineHeight, getPropertyValue: style.getPropertyValue.bind(style) };
}
