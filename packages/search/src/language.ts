/*
 * In which language a text is written, of those whose words can be brought to their stems. A guess that costs nothing but
 * the other forms of its words where it is wrong: each word is found as it is written in any case.
 */
import { eld } from 'eld/extrasmall';

/** The languages, by ISO 639-1. */
export const languages = [
  'ar',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fi',
  'fr',
  'hu',
  'it',
  'nl',
  'no',
  'pt',
  'ro',
  'ru',
  'sv',
  'tr',
] as const;
export type Language = (typeof languages)[number];

/** Enough to tell by. */
const readChars = 300;
const known: ReadonlySet<string> = new Set(languages);
const isLanguage = (language: string): language is Language => known.has(language);

// Neighbours that nobody here can stem (Catalan, Azerbaijani, Ukrainian) are taken for the nearest that can be.
eld.setLanguageSubset([...languages]);

/** The language of a text, null where it is none of these or too little is written. */
export function detectLanguage(text: string): Language | null {
  const { language } = eld.detect(text.slice(0, readChars));
  return isLanguage(language) ? language : null;
}
