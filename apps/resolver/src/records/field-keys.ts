/*
 * What the keys of an object inside a field say of the values beside them.
 */

/** Whether a key's value only tells about the field's value: its label, when it was changed and by whom. */
export function aboutAnother(key: string): boolean {
  return descriptive.has(wordsOf(key).at(-1) ?? '');
}

/** Whether a number under this key may be a phone number. */
export const isPhoneKey = (key: string): boolean =>
  wordsOf(key).some((word) => /^(number|value|fax|cell|whatsapp|.*phone|.*mobile|tel|telephone)$/.test(word));

/** Whether a single word under this key may be a LinkedIn profile's name. */
export const maySayHandle = (key: string): boolean =>
  wordsOf(key).some((word) =>
    /^(.*linkedin.*|linked|value|slug|handle|username|identifier|profile)$/.test(word),
  );

/** What an object says of where its number is: the parts of it that it keeps apart. */
export interface BesideNumber {
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** With its `+`. */
  callingCode: string | null;
  area: string | null;
}

/** The parts of a phone number that stand beside it in an object. */
export function besideNumber(object: object): BesideNumber {
  const beside: BesideNumber = { country: null, callingCode: null, area: null };
  for (const [key, value] of Object.entries(object)) {
    const words = wordsOf(key);
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string') continue;
    if (words.includes('area') || words.includes('areacode')) {
      if (/^\(?\d{1,5}\)?$/.test(text)) beside.area ??= text;
    } else if (
      words.some((word) => countryWords.has(word)) ||
      (words.at(-1) === 'code' && text.startsWith('+'))
    ) {
      if (/^[A-Za-z]{2}$/.test(text)) beside.country ??= text.toUpperCase();
      else if (/^\+?[1-9]\d{0,3}$/.test(text)) beside.callingCode ??= `+${text.replace('+', '')}`;
    }
  }
  return beside;
}

const countryWords = new Set(['country', 'countrycode', 'calling', 'callingcode', 'dial', 'dialing']);

const descriptive = new Set(
  (
    'id ids uuid guid hash token type types kind label labels name title description note notes comment comments ' +
    'at by on date time timestamp since until country countrycode code codes callingcode areacode area calling region locale ' +
    'language lang status state source origin metadata meta extension ext domain owner user ' +
    'creator author position order index rank platform service network provider'
  ).split(' '),
);

/** The words of `primaryPhoneCountryCode`, `email_address` or `work-phone`, in lower case. */
function wordsOf(key: string): string[] {
  return key
    .slice(0, 200)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
}
