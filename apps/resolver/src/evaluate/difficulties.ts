/*
 * What makes linking hard, and how often each of it occurs: the one place where the population's proportions stand.
 *
 * The shares of a channel are weights among the identities of people who have one record. `perThousand` counts
 * occurrences for a thousand people. A `misleading` difficulty is a record that holds an identifier which is not
 * its person's, or not only: exact evidence then says something wrong, and no rule that follows it can know. These
 * are evaluated like all others and reported apart.
 */

/** One difficulty. */
export interface Difficulty {
  /** In a report: what the record does with an identity of its channel, or what the identity is. */
  is: string;
  /** Only numbers of this country (alpha-2) have it, or none of that one. */
  country?: string;
  notIn?: string;
  misleading?: true;
}

type Shared = Difficulty & { perThousand: number };
type Weighted = Difficulty & { share: number };

/** People, by what the CRM has of them. */
export const situations = {
  /** One record. */
  known: 76,
  /** Two records of the same person: imported twice, or met at two fairs. */
  duplicated: 8,
  /** None: writes, and the CRM does not know of it. */
  stranger: 16,
} as const;

/** When a record is first written: before any message, between the two halves of them, after all. */
export const arrivals = { early: 60, midway: 20, late: 20 } as const;

/** Where people live, and so what their numbers look like. */
export const residents = { BR: 34, MX: 10, AR: 9, US: 13, FR: 11, GB: 9, DE: 9, ES: 3, PT: 2 } as const;

/** How people have what they write from: of one hundred. */
export const reach = {
  employed: 65,
  privateMailbox: 55,
  thirdMailbox: 12,
  whatsapp: 60,
  linkedin: 35,
} as const;

export const emailDifficulties = {
  plain: { share: 36, is: 'holds the address as it writes' },
  form: { share: 16, is: 'holds another spelling: case, brackets, names, quotes, international domains' },
  several: { share: 8, is: 'holds several addresses in one field' },
  learned: { share: 6, is: 'gains the address after mails came' },
  corrected: { share: 3, is: 'held somebody else’s address first, and was corrected' },
  other: { share: 14, is: 'holds only other addresses of the person' },
  renamed: { share: 5, is: 'holds the address from before a change of name' },
  tagged: { share: 7, is: 'holds the address without the plus tag it writes with, or the other way round' },
  dotted: { share: 5, is: 'holds the Gmail address with other dots, or at googlemail.com' },
} as const satisfies Record<string, Weighted>;

export const whatsappDifficulties = {
  plain: { share: 18, is: 'holds the number with its country' },
  national: { share: 16, is: 'holds it as at home, in a pipeline or record with that country' },
  digits: { share: 8, notIn: 'DE', is: 'holds its digits with the country, without a plus' },
  extension: { share: 3, is: 'holds it with an extension' },
  several: { share: 6, is: 'holds several numbers in one field' },
  learned: { share: 5, is: 'gains the number after messages came' },
  corrected: { share: 3, is: 'held somebody else’s number first, and was corrected' },
  brazilRecord: { share: 12, country: 'BR', is: 'holds the number of Brazil as it was without the 9' },
  brazilTraffic: {
    share: 12,
    country: 'BR',
    is: 'holds the number of Brazil; WhatsApp names it as it was without the 9',
  },
  mexicoRecord: {
    share: 24,
    country: 'MX',
    is: 'holds the number of Mexico with +52 1; WhatsApp names it with 52',
  },
  mexicoTraffic: {
    share: 24,
    country: 'MX',
    is: 'holds the number of Mexico with +52; WhatsApp names it with 521',
  },
  germanDigits: {
    share: 8,
    country: 'DE',
    is: 'holds the digits of a German number with 49, which without a plus are also another number',
  },
  argentinaHome: { share: 14, country: 'AR', is: 'holds the number of Argentina as at home, with 15' },
  argentinaWithout: { share: 22, country: 'AR', is: 'holds the number of Argentina without its 9' },
  noCountry: { share: 5, is: 'holds it as at home, and no country is known' },
  otherCountry: { share: 5, is: 'holds it as at home, in a pipeline of another country' },
  other: { share: 9, is: 'holds another number of the person' },
  bsuidWithNumber: { share: 5, is: 'holds the number; WhatsApp names a user id, sometimes with the number' },
  lidFirst: { share: 5, is: 'holds the number; WhatsApp names a hidden id first, the number later' },
  bsuidOnly: { share: 4, is: 'holds the number; WhatsApp only ever names a user id' },
  lidOnly: { share: 3, is: 'holds the number; WhatsApp only ever names a hidden id' },
} as const satisfies Record<string, Weighted>;

export const linkedinDifficulties = {
  plain: { share: 16, is: 'holds the profile’s URL as LinkedIn shows it' },
  form: { share: 24, is: 'holds another form of the URL: country hosts, tracking, case, encoded letters' },
  handle: { share: 7, is: 'holds the name in the URL alone' },
  profileId: { share: 8, is: 'holds the URL with the profile’s id' },
  memberId: { share: 4, is: 'holds the member’s number' },
  piecemeal: { share: 9, is: 'holds the URL; LinkedIn names the id first, the URL later' },
  clue: { share: 8, is: 'holds no profile, but the email address that the profile shows' },
  learned: { share: 5, is: 'gains the profile after messages came' },
  sales: { share: 5, is: 'holds the Sales Navigator URL only' },
  moved: { share: 6, is: 'holds the URL from before the person changed it' },
  damaged: { share: 3, is: 'holds the profile’s id in lower case' },
  legacy: { share: 2, is: 'holds an old /pub/ address' },
  company: { share: 3, is: 'holds the company’s page' },
} as const satisfies Record<string, Weighted>;

export const sharedDifficulties = {
  namesake: { perThousand: 10, is: 'a colleague with the same name and title at the same domain' },
  family: { perThousand: 8, is: 'a family’s mailbox, on the records of two' },
  frontDesk: { perThousand: 15, is: 'a front desk’s number, on the records of several colleagues' },
  role: { perThousand: 15, is: 'a role’s mailbox (sales@), on the company’s record' },
  roleShared: { perThousand: 5, is: 'a role’s mailbox, on the company’s record and on employees’' },
  roleUnknown: { perThousand: 8, is: 'a role’s mailbox, on no record' },
  reassigned: { perThousand: 6, is: 'a number given to another person, on both records' },
  list: { perThousand: 5, is: 'a mailing list’s address, on a record' },
  machine: { perThousand: 5, is: 'a no-reply address, on a record' },
  nobody: { perThousand: 10, is: 'lists and machines on no record' },
  team: { perThousand: 6, is: 'a team member, on no record' },
  teamRecord: { perThousand: 4, is: 'a team member who also is a record' },
  ownRecord: { perThousand: 1, is: 'an own account that a record holds' },
  frontDeskOne: {
    perThousand: 4,
    is: 'a front desk’s number, on one colleague’s record only',
    misleading: true,
  },
  familyOne: { perThousand: 3, is: 'a family’s mailbox, on the record of one of two', misleading: true },
  roleOne: { perThousand: 4, is: 'a role’s mailbox, on one employee’s record only', misleading: true },
  staleNumber: {
    perThousand: 4,
    is: 'a number given to another person, on the old record only',
    misleading: true,
  },
  staleAddress: {
    perThousand: 3,
    is: 'an address given to a successor, on the old record only',
    misleading: true,
  },
  assistant: {
    perThousand: 3,
    is: 'an assistant’s address, on the record of whom they assist',
    misleading: true,
  },
  misread: {
    perThousand: 2,
    is: 'a number that another’s, written without its country, reads as',
    misleading: true,
  },
} as const satisfies Record<string, Shared>;

/** People whose records are not one, and those without. */
export const personDifficulties = {
  duplicateOne: { is: 'a duplicated person, one of whose two records holds it' },
  duplicateBoth: { is: 'a duplicated person, both of whose records hold it' },
  stranger: { is: 'somebody on no record' },
} as const satisfies Record<string, Difficulty>;

/** How often each difficulty of a channel occurs. */
export function weightsOf<K extends string>(
  table: Readonly<Record<K, { share: number }>>,
): Record<K, number> {
  const weights = Object.entries<{ share: number }>(table).map(([name, { share }]) => [name, share]);
  return Object.fromEntries(weights) as Record<K, number>;
}
