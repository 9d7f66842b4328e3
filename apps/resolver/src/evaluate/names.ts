/*
 * Names of people and companies. There are far fewer names than people, as in life: records with equal titles and
 * colleagues whose addresses differ by a digit come by themselves.
 */
import { domainToASCII } from 'node:url';
import type { Random } from './random.ts';

const firstNames =
  'Ana Bruno Carla Diego Elena Felipe Gabriela Hugo Inês João Karla Luis María Nuno Olga Paulo Rosa Sofía Tomás Vera ' +
  'Zoë Björn Jürgen Anaïs François Emma James Olivia Liam Sarah Peter Lena Max Mia Paul';
const lastNames =
  'Lima Silva Souza Oliveira Pereira Costa García López Martínez Hernández Fernández Müller Schmidt Weber Dubois ' +
  'Lefèvre Martin Smith Jones Brown Taylor O’Brien Santos Alves Rocha';
const trades =
  'alpha bistro cargo delta energia foto granito hotel import jardim krone logistik metal norte optik papel quinta ' +
  'reise solar textil union vinho werk xenon yacht zink';
const places = 'sul norte lisboa berlin paris london austin recife lyon porto';

const firsts = firstNames.split(' ');
const lasts = lastNames.split(' ');

/** A first and a last name. */
export function makeName(random: Random): string {
  return `${random.pick(firsts)} ${random.pick(lasts)}`;
}

/** Another name for the same person: what marriage does. */
export function makeRenamed(name: string, random: Random): string {
  const [first = '', last = ''] = name.split(' ');
  const others = lasts.filter((other) => other !== last);
  return `${first} ${random.pick(others)}`;
}

/** A domain as its owners write it; one in fifteen is international. */
export function makeDomain(random: Random, number: number): string {
  const name = `${random.pick(trades.split(' '))}-${random.pick(places.split(' '))}`;
  return `${random.chance(1 / 15) ? `${name}-ação` : name}${number}.example`;
}

/** The domain as mail servers know it (RFC 5890). */
export const asciiDomain = (domain: string): string => domainToASCII(domain);

/** The words of a name in plain letters: `['joao', 'obrien']`. */
export function plainWords(name: string): string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', '').toLowerCase();
  return plain.split(' ');
}

/** An address's local part for the name, as companies and people choose it. */
export function makeLocalPart(name: string, random: Random): string {
  const [first = '', last = ''] = plainWords(name);
  const initial = first.slice(0, 1);
  return random.pick([
    `${first}.${last}`,
    `${initial}${last}`,
    `${first}_${last}`,
    `${first}-${last}`,
    `${last}.${first}`,
  ]);
}

/** The name in a profile's URL: often with its accents, often with a suffix. */
export function makeSlug(name: string, random: Random): string {
  const words = random.chance(0.3) ? name.toLowerCase().replaceAll('’', '').split(' ') : plainWords(name);
  const suffix = random.chance(0.6)
    ? `-${random.digits(4)}${random.pick(['a', 'b', 'c', 'f'])}${random.digits(3)}`
    : '';
  return `${words.join('-')}${suffix}`.normalize('NFC');
}
