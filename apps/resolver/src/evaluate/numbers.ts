import { type Country, plans } from './countries.ts';
import { type Draft, unique } from './draft.ts';
import type { Naming } from './population.ts';

/** A phone number; `national` is what follows its country code when it is dialled today. */
export interface PhoneNumber {
  country: Country;
  national: string;
  key: string;
}

/** The number of these parts. */
export const numberOf = (country: Country, national: string): PhoneNumber => ({
  country,
  national,
  key: `phone +${plans[country].callingCode}${national}`,
});

/** A number that nobody has. */
export function makeNumber(draft: Draft, country: Country, line: 'mobile' | 'landline'): PhoneNumber {
  const key = unique(draft, () => numberOf(country, plans[country][line](draft.random)).key);
  return numberOf(country, key.slice(`phone +${plans[country].callingCode}`.length));
}

/** As WhatsApp names numbers: their digits. */
export const digitsOf = ({ country, national }: PhoneNumber): string =>
  `${plans[country].callingCode}${national}`;

/** As people write a number for the world. */
export function abroad({ country, national }: PhoneNumber): string {
  const { callingCode } = plans[country];
  return `+${callingCode} ${national.slice(0, -8)} ${national.slice(-8, -4)}-${national.slice(-4)}`.replace(
    '  ',
    ' ',
  );
}

/** As people write it for those of their country. */
export const atHome = ({ country, national }: PhoneNumber): string => plans[country].atHome(national);

/** As it was before Brazil's mobiles gained a 9 after the area code. */
export const withoutNinth = (number: PhoneNumber): PhoneNumber => ({
  ...number,
  national: number.national.slice(0, 2) + number.national.slice(3),
});

/** As Mexico's mobiles were dialled from abroad until 2019, and as WhatsApp may still name them. */
export const withOne = (number: PhoneNumber): PhoneNumber => ({ ...number, national: `1${number.national}` });

/** As WhatsApp names the number's chat; `written` where it is another form of it. */
export const chatWith = (number: PhoneNumber, written: PhoneNumber = number): Naming => ({
  kind: 'whatsapp',
  text: digitsOf(written),
  key: number.key,
});
