/*
 * Who writes on LinkedIn, and how their records have the profile: one writer for each difficulty of the table.
 */
import { makePrivateAddress } from './addresses.ts';
import { linkedinDifficulties, weightsOf } from './difficulties.ts';
import { addIdentity, type Draft, hold, type Owned } from './draft.ts';
import { plainWords } from './names.ts';
import type { Identity } from './population.ts';
import { makePublicName, namingsOf, type Profile, profileUrl, publicKey } from './profiles.ts';

type Difficulty = keyof typeof linkedinDifficulties;
const weights = weightsOf(linkedinDifficulties);

/** Somebody writes from the profile, and their record has it in one of the ways of the table. */
export function addProfile(draft: Draft, owned: Owned, profile: Profile): void {
  writers[draft.random.weighted(weights)](draft, owned, profile);
}

type Writer = (draft: Draft, owned: Owned, profile: Profile) => void;

/** The record has `show` in its field, which is the profile exactly when `names` says what it names. */
const held =
  (
    difficulty: Difficulty,
    show: (profile: Profile, draft: Draft, owned: Owned) => unknown,
    names: (profile: Profile) => string[] = ({ slug }) => [publicKey(slug)],
  ): Writer =>
  (draft, owned, profile) => {
    hold(owned.record, { field: 'linkedin', shown: show(profile, draft, owned), names: names(profile) });
    write(draft, owned, { difficulty, profile });
  };

const nobody = (): string[] => [];

const writers: Record<Difficulty, Writer> = {
  plain: held('plain', ({ slug }) => profileUrl(slug)),
  form: held('form', ({ slug }, { random }) => random.pick(forms)(slug)),
  handle: held('handle', ({ slug }, { random }) =>
    random.chance(0.5) ? slug : { network: 'linkedin', handle: slug },
  ),
  profileId: held(
    'profileId',
    ({ profileId }) => profileUrl(profileId),
    ({ profileId }) => [`profile ${profileId}`],
  ),
  memberId: held(
    'memberId',
    ({ member }, { random }) =>
      random.pick([`urn:li:member:${member}`, `https://www.linkedin.com/profile/view?id=${member}`]),
    ({ member }) => [`member ${member}`],
  ),
  piecemeal: (draft, owned, profile) => {
    holdPublic(owned, profile);
    write(draft, owned, { difficulty: 'piecemeal', profile, together: [[0], [0, 1], [1, 2]] });
  },
  clue: (draft, owned, profile) => {
    const address = makePrivateAddress(draft, owned.person.name);
    hold(owned.record, { field: 'email', shown: address.text, names: [address.key] });
    write(draft, owned, { difficulty: 'clue', profile, clue: address.text });
  },
  learned: (draft, owned, profile) => {
    owned.record.createdIn = 0;
    hold(owned.record, {
      field: 'linkedin',
      shown: profileUrl(profile.slug),
      names: [publicKey(profile.slug)],
      from: 2,
    });
    write(draft, owned, { difficulty: 'learned', profile });
  },
  sales: held(
    'sales',
    ({ salesId }) => `https://www.linkedin.com/sales/lead/${salesId},NAME_SEARCH,a1B2`,
    nobody,
  ),
  moved: held('moved', (_, draft, { person }) => profileUrl(makePublicName(draft, person.name)), nobody),
  damaged: held('damaged', ({ profileId }) => profileUrl(profileId).toLowerCase(), nobody),
  legacy: held(
    'legacy',
    (_, __, { person }) => `https://www.linkedin.com/pub/${plainWords(person.name).join('-')}/1a/2b3/4c5`,
    nobody,
  ),
  company: held('company', () => 'https://www.linkedin.com/company/acme-example/', nobody),
};

/** What people paste into a CRM for a profile's URL. */
const forms: readonly ((slug: string) => string)[] = [
  (slug) => `http://linkedin.com/in/${slug}`,
  (slug) => `https://br.linkedin.com/in/${encodeURIComponent(slug)}/`,
  (slug) => `https://www.linkedin.com/in/${encodeURIComponent(slug)}?trk=people&utm_source=crm`,
  (slug) => `linkedin.com/in/${slug}/pt`,
  (slug) => `www.linkedin.com/in/${slug.toUpperCase()}/`,
  (slug) => `https://www.linkedin.com/in/${encodeURIComponent(slug)}/details/experience/`,
  (slug) => `HTTPS://WWW.LINKEDIN.COM/in/${slug.normalize('NFD')}`,
  (slug) => `Profile: https://www.linkedin.com/in/${encodeURIComponent(slug)} (new)`,
];

function holdPublic({ record }: Owned, { slug }: Profile): void {
  hold(record, { field: 'linkedin', shown: profileUrl(slug), names: [publicKey(slug)] });
}

function write(
  draft: Draft,
  { person }: Owned,
  said: { difficulty: Difficulty; profile: Profile; together?: Identity['together']; clue?: string },
): void {
  const { difficulty, profile, ...others } = said;
  addIdentity(draft, {
    channel: 'linkedin',
    stratum: `linkedin.${difficulty}`,
    owner: person,
    namings: namingsOf(profile),
    ...others,
  });
}
