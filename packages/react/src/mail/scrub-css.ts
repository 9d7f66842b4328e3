/*
 * Takes from the styles of a mail what fetches, and what depends on the height of the frame, which follows the mail's
 * own: the two would grow without end. It reads what the browser understood, not what was written, so escapes and
 * comments hide nothing.
 */
import { imageSource } from './allowed.ts';

/** What was found on the way. */
export interface Found {
  remoteImages: number;
  setsColours: boolean;
}

/** The functions of CSS that name something to fetch, and those whose result is known only later. */
const fetching = /(?:url|image|image-set|cross-fade|src|element|paint)\(/i;
const unsettled = /(?:var|env|attr|expression)\(|\\/i;
const frameHeight = /\d(?:[sld]?v(?:h|b|max|min))\b/i;
const noColours = new Set(['', 'inherit', 'initial', 'unset', 'transparent', 'currentcolor', 'none']);

/** Scrubs the declarations of a rule or an element. */
export function scrubDeclarations(style: CSSStyleDeclaration, showsImages: boolean, found: Found): void {
  for (const name of Array.from(style)) {
    const value = style.getPropertyValue(name);
    if (name.startsWith('--') || value === '' || unsettled.test(value) || frameHeight.test(value)) {
      style.removeProperty(name);
    } else if (fetching.test(value) && !isKept(value, showsImages, found)) {
      style.removeProperty(name);
    }
    if (isColour(name, style.getPropertyValue(name))) found.setsColours = true;
  }
}

/** The rules that may stay, as text: styles, and those within conditions. */
export function scrubSheet(css: string, showsImages: boolean, found: Found): string {
  const sheet = new CSSStyleSheet();
  try {
    // It fetches nothing by itself, and refuses @import.
    sheet.replaceSync(css.replace(/^\s*<!--|-->\s*$/g, ''));
  } catch {
    return '';
  }
  scrubRules(sheet, showsImages, found);
  return Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n');
}

function scrubRules(parent: CSSStyleSheet | CSSGroupingRule, showsImages: boolean, found: Found): void {
  for (let index = parent.cssRules.length - 1; index >= 0; index -= 1) {
    const rule = parent.cssRules[index];
    if (rule instanceof CSSStyleRule) scrubDeclarations(rule.style, showsImages, found);
    else if (rule instanceof CSSMediaRule || rule instanceof CSSSupportsRule) {
      scrubRules(rule, showsImages, found);
    } else parent.deleteRule(index);
    // Rules within rules are not what mails are written with.
    if (rule instanceof CSSStyleRule) {
      while ((rule.cssRules?.length ?? 0) > 0) rule.deleteRule(0);
    }
  }
}

/** Whether all that a value names is in the value itself, or is an image that was asked for. */
function isKept(value: string, showsImages: boolean, found: Found): boolean {
  const addresses = Array.from(value.matchAll(/url\("([^"]*)"\)/gi), ([, address = '']) => address);
  if (fetching.test(value.replaceAll(/url\("[^"]*"\)/gi, ''))) return false;
  const sources = addresses.map(imageSource);
  if (sources.every((source) => source === 'data')) return true;
  if (sources.some((source) => source === 'remote')) found.remoteImages += 1;
  return showsImages && sources.every((source) => source === 'data' || source === 'remote');
}

function isColour(name: string, value: string): boolean {
  return ['color', 'background-color', 'background-image'].includes(name) && !noColours.has(value);
}
