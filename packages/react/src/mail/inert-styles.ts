/*
 * A page without inline styles forbids them in every document that its scripts parse, also in the sanitiser's, and
 * reports each one. So styles are renamed before the mail is parsed, and set by `element.style` and by style sheets made
 * from script, which no policy forbids. Nothing rests on it for safety: what is missed keeps its name, is not allowed
 * then, and only looks plainer.
 */
import { styleAttribute } from './allowed.ts';

/** Holds its text as `style` does: not as markup. */
export const styleElement = 'xmp';

/** The mail with its styles under names that mean nothing. */
export function withInertStyles(html: string): string {
  return html
    .replace(/<(\/?)style\b/gi, `<$1${styleElement}`)
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])style(\s*=)/gi, `$1${styleAttribute}$2`));
}
