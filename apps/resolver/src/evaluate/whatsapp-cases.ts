/*
 * Who chats on WhatsApp, and how their records have the number: one writer for each difficulty of the table.
 */
import type { Country } from './countries.ts';
import { type Difficulty, whatsappDifficulties, weightsOf } from './difficulties.ts';
import { addIdentity, type Draft, hold, type Owned, pipelines, unique } from './draft.ts';
import type { HeldValue, Naming, PlannedRecord } from './population.ts';
import {
  abroad,
  atHome,
  chatWith,
  digitsOf,
  makeNumber,
  type PhoneNumber,
  withoutNinth,
  withOne,
} from './numbers.ts';

type Name = keyof typeof whatsappDifficulties;

/** Somebody chats from the number, and their record has it in one of the ways of the table. */
export function addNumber(draft: Draft, owned: Owned, number: PhoneNumber): void {
  const applicable = Object.entries<number>(weightsOf(whatsappDifficulties)).filter(([name]) => {
    const { country = number.country, notIn }: Difficulty = whatsappDifficulties[name as Name];
    return country === number.country && notIn !== number.country;
  });
  const weights = Object.fromEntries(applicable) as Partial<Record<Name, number>>;
  writers[draft.random.weighted(weights)](draft, owned, number);
}

type Writer = (draft: Draft, owned: Owned, number: PhoneNumber) => void;

/** The record has `shown`, which is the number exactly; the person chats from it. */
const held =
  (difficulty: Name, show: (number: PhoneNumber, draft: Draft, owned: Owned) => unknown): Writer =>
  (draft, owned, number) => {
    holdNumber(owned, number, show(number, draft, owned));
    chat(draft, owned, difficulty, [chatWith(number)]);
  };

/** The record has a text that is not the number exactly, whatever a reader may guess. */
const onlyLike =
  (difficulty: Name, show: (number: PhoneNumber, draft: Draft, owned: Owned) => unknown): Writer =>
  (draft, owned, number) => {
    hold(owned.record, { field: 'phone', shown: show(number, draft, owned), names: [] });
    chat(draft, owned, difficulty, [chatWith(number)]);
  };

const writers: Record<Name, Writer> = {
  plain: held('plain', (number, { random }) =>
    random.chance(0.5) ? abroad(number) : `+${digitsOf(number)}`,
  ),
  national: held('national', (number, _, { record }) => {
    readAs(record, number.country);
    return atHome(number);
  }),
  digits: held('digits', (number, { random }, { record }) => {
    readAs(record, number.country);
    return random.chance(0.5) ? digitsOf(number) : Number(digitsOf(number));
  }),
  extension: held(
    'extension',
    (number, { random }) => `${abroad(number)} ${random.pick(['ext. 12', 'x204', 'ramal 7'])}`,
  ),
  several: (draft, owned, number) => {
    const other = makeNumber(draft, number.country, 'landline');
    const texts = draft.random.shuffled([abroad(number), abroad(other)]);
    const shown = texts.join(draft.random.pick([' / ', '; ', ', ', '\n']));
    hold(owned.record, { field: 'phone', shown, names: [number.key, other.key] });
    chat(draft, owned, 'several', [chatWith(number)]);
  },
  learned: (draft, owned, number) => {
    owned.record.createdIn = 0;
    holdNumber(owned, number, abroad(number), { from: 2 });
    chat(draft, owned, 'learned', [chatWith(number)]);
  },
  corrected: (draft, owned, number) => {
    owned.record.createdIn = 0;
    const others = draft.identities.filter(
      ({ channel, owner }) => channel === 'whatsapp' && owner !== null && owner !== owned.person,
    );
    const keys = others
      .flatMap(({ namings }) => namings.map(({ key }) => key))
      .filter((key) => key.startsWith('phone '));
    const key = keys.length === 0 ? makeNumber(draft, number.country, 'mobile').key : draft.random.pick(keys);
    hold(owned.record, { field: 'phone', shown: key.slice('phone '.length), names: [key], until: 2 });
    holdNumber(owned, number, abroad(number), { from: 2 });
    chat(draft, owned, 'corrected', [chatWith(number)]);
  },
  brazilRecord: held('brazilRecord', (number, { random }, { record }) => {
    if (random.chance(0.5)) return abroad(withoutNinth(number));
    readAs(record, 'BR');
    return atHome(withoutNinth(number));
  }),
  brazilTraffic: (draft, owned, number) => {
    holdNumber(owned, number);
    chat(draft, owned, 'brazilTraffic', [chatWith(number, withoutNinth(number))]);
  },
  mexicoRecord: held('mexicoRecord', (number) => abroad(withOne(number))),
  mexicoTraffic: (draft, owned, number) => {
    holdNumber(owned, number);
    chat(draft, owned, 'mexicoTraffic', [chatWith(number, withOne(number))]);
  },
  germanDigits: onlyLike('germanDigits', (number, _, { record }) => {
    readAs(record, 'DE');
    return digitsOf(number);
  }),
  argentinaHome: held('argentinaHome', (number, _, { record }) => {
    readAs(record, 'AR');
    return atHome(number);
  }),
  // The same digits are a landline of the same area.
  argentinaWithout: onlyLike('argentinaWithout', (number) =>
    abroad({ ...number, national: number.national.slice(1) }),
  ),
  noCountry: onlyLike('noCountry', (number, _, { record }) => {
    readAs(record, null);
    return atHome(number);
  }),
  otherCountry: onlyLike('otherCountry', (number, _, { record }) => {
    record.pipeline = number.country === 'BR' ? 'partners' : 'customers';
    return atHome(number);
  }),
  other: onlyLike('other', (number, draft) => abroad(makeNumber(draft, number.country, 'mobile'))),
  bsuidWithNumber: (draft, owned, number) => {
    holdNumber(owned, number);
    chat(draft, owned, 'bsuidWithNumber', [businessUserId(draft, number), chatWith(number)], [[0], [0, 1]]);
  },
  lidFirst: (draft, owned, number) => {
    holdNumber(owned, number);
    chat(draft, owned, 'lidFirst', [hiddenId(draft), chatWith(number)], [[0], [0, 1], [1]]);
  },
  bsuidOnly: (draft, owned, number) => {
    holdNumber(owned, number);
    chat(draft, owned, 'bsuidOnly', [businessUserId(draft, number)]);
  },
  lidOnly: (draft, owned, number) => {
    holdNumber(owned, number);
    chat(draft, owned, 'lidOnly', [hiddenId(draft)]);
  },
};

function holdNumber(
  { record }: Owned,
  number: PhoneNumber,
  shown: unknown = abroad(number),
  when: Pick<Partial<HeldValue>, 'from' | 'until'> = {},
): void {
  hold(record, { field: 'phone', shown, names: [number.key], ...when });
}

/** Numbers of the record without a country are of this one: its pipeline's, or its own. */
function readAs(record: PlannedRecord, country: Country | null): void {
  if (country === null) {
    record.pipeline = 'leads';
    record.defaultCountry = null;
    return;
  }
  const pipeline = pipelines.find((known) => known.defaultCountry === country);
  if (pipeline === undefined) record.defaultCountry = country;
  else record.pipeline = pipeline.pipeline;
}

function chat(
  draft: Draft,
  { person }: Owned,
  difficulty: Name,
  namings: readonly Naming[],
  together?: readonly (readonly number[])[],
): void {
  addIdentity(draft, {
    channel: 'whatsapp',
    stratum: `whatsapp.${difficulty}`,
    owner: person,
    namings,
    ...(together === undefined ? {} : { together }),
  });
}

/** The id that WhatsApp gives a business for somebody who hides their number. */
function businessUserId(draft: Draft, { country }: PhoneNumber): Naming {
  const text = unique(draft, () => `${country}.${draft.random.digits(14)}`);
  return { kind: 'whatsapp', text, key: `bsuid ${text}` };
}

function hiddenId(draft: Draft): Naming {
  const text = unique(draft, () => `1${draft.random.digits(14)}@lid`);
  return { kind: 'whatsapp', text, key: `lid ${text}` };
}
