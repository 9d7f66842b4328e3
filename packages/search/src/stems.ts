/*
 * Words → stems, by Snowball's rules for each language: `invoices` and `invoice` meet. A stem is compared as words are,
 * without accents.
 */
import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as greek } from '@orama/stemmers/greek';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { foldWord } from './fold.ts';
import type { Language } from './language.ts';

interface Rules {
  stem(word: string): string;
  script: RegExp;
}

const latin = /\p{Script=Latin}/u;
const rules: Record<Language, Rules> = {
  ar: { stem: arabic, script: /\p{Script=Arabic}/u },
  da: { stem: danish, script: latin },
  de: { stem: german, script: latin },
  el: { stem: greek, script: /\p{Script=Greek}/u },
  en: { stem: english, script: latin },
  es: { stem: spanish, script: latin },
  fi: { stem: finnish, script: latin },
  fr: { stem: french, script: latin },
  hu: { stem: hungarian, script: latin },
  it: { stem: italian, script: latin },
  nl: { stem: dutch, script: latin },
  no: { stem: norwegian, script: latin },
  pt: { stem: portuguese, script: latin },
  ro: { stem: romanian, script: latin },
  ru: { stem: russian, script: /\p{Script=Cyrillic}/u },
  sv: { stem: swedish, script: latin },
  tr: { stem: turkish, script: latin },
};

/** By so many UTF-16 code units a stem is longer for its mark. */
export const stemMark = 3;

/** The rules take ten microseconds for a word, and most words come again. */
const cached = new Map<Language, Map<string, string>>();
const cachedMax = 20_000;

/**
 * The stem of a word (`letters` of a `Word`), marked as one of its language: `an`, which the Portuguese `Ana` comes to, is
 * not the English word. Empty where the word has none in that language.
 */
export function stemOf(letters: string, language: Language): string {
  let known = cached.get(language);
  if (known === undefined || known.size >= cachedMax) cached.set(language, (known = new Map()));
  let stem = known.get(letters);
  if (stem === undefined) {
    const found = rules[language];
    const folded = found.script.test(letters) ? foldWord(found.stem(letters.normalize('NFC'))) : '';
    stem = folded === '' ? '' : `${language}~${folded}`;
    known.set(letters, stem);
  }
  return stem;
}
