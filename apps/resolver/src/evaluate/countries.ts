/*
 * Phone numbers as each country dials and writes them. Made up digit by digit within the numbering plans, so that
 * the numbers are possible; whose they really are, if anybody's, is not known.
 */
import type { residents } from './difficulties.ts';
import type { Random } from './random.ts';

/** A country of the population: alpha-2. */
export type Country = keyof typeof residents;

interface NumberingPlan {
  callingCode: string;
  /** What follows the country code when the number is dialled from abroad. */
  mobile(random: Random): string;
  landline(random: Random): string;
  /** The same number as people write it at home. */
  atHome(national: string): string;
}

const spaced = (...parts: readonly string[]): string => parts.join(' ');

/** By country. */
export const plans: Record<Country, NumberingPlan> = {
  BR: {
    callingCode: '55',
    mobile: (random) => `${brazilArea(random)}9${random.pick(['6', '7', '8', '9'])}${random.digits(7)}`,
    landline: (random) => `${brazilArea(random)}3${random.digits(7)}`,
    atHome: (n) => `(${n.slice(0, 2)}) ${n.slice(2, -4)}-${n.slice(-4)}`,
  },
  MX: {
    callingCode: '52',
    mobile: (random) => `${random.pick(['55', '33', '81'])}${1 + random.int(8)}${random.digits(7)}`,
    landline: (random) => `55${5 + random.int(3)}${random.digits(7)}`,
    atHome: (n) => spaced(n.slice(0, 2), n.slice(2, 6), n.slice(6)),
  },
  AR: {
    callingCode: '54',
    mobile: (random) => `911${2 + random.int(5)}${random.digits(7)}`,
    landline: (random) => `114${random.digits(7)}`,
    // At home a mobile is dialled with 15 after the area, and without the 9.
    atHome: (n) =>
      n.startsWith('9') ? `011 15-${n.slice(3, 7)}-${n.slice(7)}` : `011 ${n.slice(2, 6)}-${n.slice(6)}`,
  },
  US: {
    callingCode: '1',
    mobile: (random) => americanNumber(random),
    landline: (random) => americanNumber(random),
    atHome: (n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`,
  },
  FR: {
    callingCode: '33',
    mobile: (random) => `6${1 + random.int(8)}${random.digits(7)}`,
    landline: (random) => `14${random.digits(7)}`,
    atHome: (n) => spaced(`0${n.slice(0, 1)}`, n.slice(1, 3), n.slice(3, 5), n.slice(5, 7), n.slice(7)),
  },
  GB: {
    callingCode: '44',
    mobile: (random) => `7${random.pick(['4', '5', '7', '8', '9'])}${1 + random.int(8)}${random.digits(7)}`,
    landline: (random) => `207${random.digits(7)}`,
    atHome: (n) =>
      n.startsWith('20') ? spaced('020', n.slice(2, 6), n.slice(6)) : spaced(`0${n.slice(0, 4)}`, n.slice(4)),
  },
  DE: {
    callingCode: '49',
    mobile: (random) => `15${random.pick(['1', '2', '7'])}${1 + random.int(8)}${random.digits(7)}`,
    landline: (random) => `30${2 + random.int(7)}${random.digits(6)}`,
    atHome: (n) => (n.startsWith('30') ? spaced('030', n.slice(2)) : spaced(`0${n.slice(0, 3)}`, n.slice(3))),
  },
  ES: {
    callingCode: '34',
    mobile: (random) => `6${1 + random.int(8)}${random.digits(7)}`,
    landline: (random) => `91${2 + random.int(7)}${random.digits(6)}`,
    atHome: (n) => spaced(n.slice(0, 3), n.slice(3, 5), n.slice(5, 7), n.slice(7)),
  },
  PT: {
    callingCode: '351',
    mobile: (random) => `91${2 + random.int(7)}${random.digits(6)}`,
    landline: (random) => `21${2 + random.int(7)}${random.digits(6)}`,
    atHome: (n) => spaced(n.slice(0, 3), n.slice(3, 6), n.slice(6)),
  },
};

const brazilArea = (random: Random): string =>
  random.pick(['11', '21', '31', '41', '51', '61', '71', '81', '85']);

function americanNumber(random: Random): string {
  return `${random.pick(['212', '312', '415', '617', '206'])}${2 + random.int(7)}${1 + random.int(8)}${random.digits(5)}`;
}
