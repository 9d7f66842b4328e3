/*
 * Who writes mails, and how their records have the address: one writer for each difficulty of the table.
 */
import { addressOf, type Address, mailFrom, makeAddress, makePrivateAddress } from './addresses.ts';
import { emailDifficulties, weightsOf } from './difficulties.ts';
import { addIdentity, type Draft, hold, type Owned } from './draft.ts';
import { asciiDomain, makeRenamed } from './names.ts';
import type { Contact, Naming, Phase } from './population.ts';

type Difficulty = keyof typeof emailDifficulties;
const weights = weightsOf(emailDifficulties);

/** Somebody writes from the address, and their record has it in one of the ways of the table. */
export function addAddress(draft: Draft, owned: Owned, address: Address): void {
  const isGmail = address.domain === 'gmail.com';
  const applicable = isGmail ? { ...weights, dotted: 3 * weights.dotted } : { ...weights, dotted: 0 };
  writers[draft.random.weighted<Difficulty>(applicable)](draft, owned, address);
}

type Writer = (draft: Draft, owned: Owned, address: Address) => void;

const writers: Record<Difficulty, Writer> = {
  plain: (draft, owned, address) => {
    holdAddress(owned, address);
    write(draft, owned, 'plain', mailFrom(address));
  },
  form: (draft, owned, address) => {
    const quoted = `"${address.local}"@${asciiDomain(address.domain)}`;
    holdAddress(owned, address, draft.random.pick(spellings)(address, owned.person));
    write(
      draft,
      owned,
      'form',
      mailFrom(address, draft.random.pick([address.text, address.text.toUpperCase(), quoted])),
    );
  },
  several: (draft, owned, address) => {
    const other = makePrivateAddress(draft, owned.person.name);
    const texts = draft.random.shuffled([address.text, other.text]);
    const shown = texts.join(draft.random.pick([', ', '; ', '\n', ' / ', ' or ']));
    hold(owned.record, { field: 'email', shown, names: [address.key, other.key] });
    write(draft, owned, 'several', mailFrom(address));
  },
  learned: (draft, owned, address) => {
    owned.record.createdIn = 0;
    holdAddress(owned, address, address.text, { from: 2 });
    write(draft, owned, 'learned', mailFrom(address));
  },
  corrected: (draft, owned, address) => {
    owned.record.createdIn = 0;
    const victim = strangerTo(draft, owned.person) ?? makePrivateAddress(draft, 'Ana Lima');
    hold(owned.record, { field: 'email', shown: victim.text, names: [victim.key], until: 2 });
    holdAddress(owned, address, address.text, { from: 2 });
    write(draft, owned, 'corrected', mailFrom(address));
  },
  other: (draft, owned, address) => {
    holdAddress(owned, makePrivateAddress(draft, owned.person.name));
    write(draft, owned, 'other', mailFrom(address));
  },
  renamed: (draft, owned, address) => {
    const now = makeAddress(draft, makeRenamed(owned.person.name, draft.random), address.domain);
    holdAddress(owned, address);
    write(draft, owned, 'renamed', mailFrom(address));
    write(draft, owned, 'renamed', mailFrom(now));
  },
  tagged: (draft, owned, { local, domain, ...address }) => {
    const tagged = addressOf(`${local}+${draft.random.pick(['crm', 'work', 'news', '2026'])}`, domain);
    const [held, written] = draft.random.shuffled([{ local, domain, ...address }, tagged]);
    if (held !== undefined) holdAddress(owned, held);
    if (written !== undefined) write(draft, owned, 'tagged', mailFrom(written));
  },
  dotted: (draft, owned, address) => {
    const plain = addressOf(
      address.local.replaceAll('.', ''),
      draft.random.pick(['gmail.com', 'googlemail.com']),
    );
    const dotted = addressOf(`${plain.local.slice(0, 1)}.${plain.local.slice(1)}`, 'gmail.com');
    const [held, written] = draft.random.shuffled([plain, dotted]);
    if (held !== undefined) holdAddress(owned, held);
    if (written !== undefined) write(draft, owned, 'dotted', mailFrom(written));
  },
};

/** How CRMs spell an address that is this one. */
const spellings: readonly ((address: Address, person: Contact) => unknown)[] = [
  ({ local, domain }) => `${local}@${domain}`.toUpperCase(),
  ({ local, domain }, { name }) => `${name} <${local}@${domain}>`,
  ({ text }) => `mailto:${text}`,
  ({ text }) => `  ${text}\n`,
  ({ text }) => `${text} (home)`,
  ({ local, domain }) => `"${local}"@${domain}`,
  ({ local, domain }) => ({ value: `${local}@${domain}`, label: 'work', updatedBy: 'rep@acme.example' }),
];

function write(draft: Draft, { person }: Owned, difficulty: Difficulty, naming: Naming): void {
  addIdentity(draft, { channel: 'email', stratum: `email.${difficulty}`, owner: person, namings: [naming] });
}

function holdAddress(
  { record }: Pick<Owned, 'record'>,
  { text, key }: Address,
  shown: unknown = text,
  when: { from?: Phase; until?: Phase } = {},
): void {
  hold(record, { field: 'email', shown, names: [key], ...when });
}

/** An address from which somebody else writes. */
function strangerTo(draft: Draft, person: Contact): { text: string; key: string } | null {
  const others = draft.identities.filter(
    ({ channel, owner }) => channel === 'email' && owner !== null && owner !== person,
  );
  const naming = others.length === 0 ? undefined : draft.random.pick(others).namings[0];
  return naming === undefined ? null : { text: naming.key.slice('email '.length), key: naming.key };
}
