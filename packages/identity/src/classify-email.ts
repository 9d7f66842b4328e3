/*
 * Whose mailbox an address is: one person's, an office's, or a machine's.
 *
 * Only a person's address may bring a new person about; an office's matches a record that holds exactly this address;
 * a machine's matches nobody. So a doubt goes to 'person' when the name could be one: `mark.sales@`, `bounce.smith@`.
 */
import { machineNames, machineWords, noReplyPhrases, roleNames, roleQualifiers } from './mailbox-names.ts';

/** What kind of mailbox an address names. */
export type EmailClass = 'person' | 'role' | 'machine';

const addressCharsMax = 320;
// A variable envelope return path carries another address inside: `bounces+1=ana=lima.example@`, `srs0=ab=cd=…@`.
const carriedAddress = /^(?:srs[01][=+-]|(?:ms)?prvs=|btv\d?=)|=[^=]*[^=.]\.[a-z]{2,}$|=[^=]+\.[a-z]{2,}[=-]/;
// Amazon SES's return paths, and Google's rooms and calendars.
const machineHost = /(?:^|\.)(?:amazonses\.com|calendar\.google\.com)$/;
const machineSubdomain =
  /^(?:bounces?|noreply|no-reply|donotreply|notifications?|returns?path|mailer-daemon)$/;

/** The class of a normalised address (`normalizeEmail(…).key`), by the name of its mailbox; plus tags are no part of it. */
export function classifyEmail(key: string): EmailClass {
  if (key.length > addressCharsMax) return 'person';
  const at = key.lastIndexOf('@');
  const local = foldAccents(at < 0 ? key : key.slice(0, at));
  const name = local.replace(/(?<=.)\+.*$/s, '');
  if (carriedAddress.test(local) || isMachineHost(key.slice(at + 1))) return 'machine';
  const tokens = name.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '');
  if (isMachine(tokens)) return 'machine';
  return isRole(tokens) ? 'role' : 'person';
}

function isMachine(tokens: readonly string[]): boolean {
  const whole = tokens.join('');
  if (machineNames.has(withoutNumber(whole))) return true;
  if (tokens.some((token) => machineWords.has(withoutNumber(token)))) return true;
  if (isMailerDaemon(tokens) || isNumberedBounce(tokens)) return true;
  return saysNoReply(tokens);
}

const phraseLengths = [...new Set([...noReplyPhrases].map((phrase) => phrase.length))];

/** "Do not answer" may begin at any word, or end a word that has a name before it: `githubnoreply`. */
function saysNoReply(tokens: readonly string[]): boolean {
  const tails = tokens.map((_, first) => tokens.slice(first).join(''));
  return phraseLengths.some(
    (length) =>
      tails.some((tail) => noReplyPhrases.has(tail.slice(0, length))) ||
      tokens.some((token) => noReplyPhrases.has(withoutNumber(token).slice(-length))),
  );
}

function isMailerDaemon(tokens: readonly string[]): boolean {
  return tokens.some((token, at) => /^mail(?:er)?$/.test(token) && tokens[at + 1] === 'daemon');
}

/** `bounce-md_3012.6719-v1@`: Bounce with a number is no family name's owner; `bounce.smith@` may be one. */
function isNumberedBounce(tokens: readonly string[]): boolean {
  return tokens[0] === 'bounce' && tokens.length > 1 && tokens.slice(1).some((token) => /\d/.test(token));
}

function isRole(tokens: readonly string[]): boolean {
  const named = tokens.map(withoutNumber);
  // `customer.service@` is an office; `h.r@` has a person's initials.
  const isInitials = tokens.length > 1 && tokens.every((token) => token.length === 1);
  if (!isInitials && roleNames.has(named.join(''))) return true;
  const isOffice = (token: string) => roleNames.has(token);
  return named.some(isOffice) && named.every((token) => isOffice(token) || roleQualifiers.has(token));
}

function withoutNumber(token: string): string {
  return token.replace(/(?<!\d)\d{1,4}$/, '');
}

/** Subdomains that exist for returned mail: `@bounces.acme.example`, `@users.noreply.github.com`. */
function isMachineHost(domain: string): boolean {
  if (machineHost.test(domain)) return true;
  // The company's own label is no subdomain: `ana@bounce.com`, `ana@bounce.co.uk`.
  const ownLabels = /\.[a-z]{2,3}\.[a-z]{2}$/.test(domain) ? 3 : 2;
  const subdomains = domain.split('.').slice(0, -ownLabels);
  return subdomains.some((label) => machineSubdomain.test(label));
}

function foldAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
}
