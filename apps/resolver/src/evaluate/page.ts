import type { Evaluation } from './evaluate.ts';
import { asMarkdown, comparisonTable, stratumTables } from './report.ts';
import type { Score } from './score.ts';

/** What the figures were measured with, each in a few words. */
export interface Setting {
  hardware: string;
  versions: string;
  seconds: number;
  command: string;
}

/** The page of docs/ that tells how good the automatic links are. */
export function evaluationPage(evaluation: Evaluation, setting: Setting): string {
  const { population, kith, seed, messages, deliveries } = evaluation;
  const people = population.contacts.filter(({ isOrganisation }) => !isOrganisation).length;
  const { decided, undecided, misled } = stratumTables(evaluation);
  return `# How good the automatic links are

\`npm run evaluate\` generates a population with the difficulties of a real one, plays it through the resolver on a real
Postgres, and judges every link by what the generator knows to be true. The command fails when Kith makes a wrong link that
nobody is asked about, or misses one that exact evidence decides; \`--people\` and \`--seed\` choose another population.

This page is written by \`${setting.command}\`.

${kith.identities.toLocaleString('en')} identities (an address, a number, a profile) of ${people.toLocaleString('en')} people, in ${messages.toLocaleString('en')} messages of ${deliveries.toLocaleString('en')} deliveries in
random order, ${population.records.length.toLocaleString('en')} records written before, between and after them. Seed ${seed}; ${setting.versions}; ${setting.hardware};
${setting.seconds} seconds. The figures follow from the seed alone.

## Beside three common rules

${asMarkdown(comparisonTable(evaluation))}

- **precision**: right links of all links that nobody is asked about, where records do not mislead; then with the links
  that are listed for review; then also with those where the record itself misleads.
- **recall**: right links of the identities whose person has a record at all. **Of what exact evidence decides**: of those
  that exactly one record holds, in whatever spelling, and it is the person's. What a spelling means is noted where it is
  generated, not read back with Kith's own normalisation.
- **ambiguous**: several records hold it, and nothing is guessed.

The other rules, on the same data: *exact lower-case email*; *email, last 8 digits, raw URL* adds the last eight digits of
phone numbers and LinkedIn URLs as they are written; both link when one record matches. *Oldest record wins* links also when
several do, as most systems do. They are told who the team is, see the records as they are in the end, and are not fooled by
hidden WhatsApp ids.

## Where exact evidence decides

${asMarkdown(decided)}

A row whose recall is below 100 % has identities that exact evidence does not decide: after a change of name, the record
holds only the old one of two addresses.

## Where exact evidence does not decide

No record holds the identity exactly, several do, or nobody is behind it. Loose forms and equal names are suggestions, which
are not counted as links. A duplicated person is linked when the first message came while one of the two records was there.

${asMarkdown(undecided)}

A **wrong link in review** has a history: one record held a shared number or mailbox when its first message came, and was
linked; when a second record claimed it, the link stayed, was marked as contested, and waits in the review list. An identity
that several people use is nobody's in this evaluation, so such a link counts as wrong, whoever it names. Of a duplicated
record the link that stays is right.

## Where the CRM itself is wrong

One record holds an identifier that is not its person's, or not only: a number that was given to somebody else, a front
desk's number that one of many colleagues has on their record, an assistant's address. It is the only evidence there is, and
it says something wrong. No rule that follows exact evidence can know; the links stand until somebody corrects the record or
says that it is not that person. All ${misledCount(evaluation)} such identities are linked wrongly, and are left out of the first two columns of
precision.

${asMarkdown(misled)}

## What it does not tell

The population is made up. Its proportions stand in one table, \`apps/resolver/src/evaluate/difficulties.ts\`, and are
estimates: other companies have other shares of each. What each difficulty comes to is in the tables above and does not
depend on the shares. Providers' payloads are not part of it: deliveries begin where an ingest service hands them over.
`;
}

function misledCount({ byStratum }: Evaluation): number {
  const scores: Score[] = [...byStratum.values()];
  return scores.reduce((sum, { wrongInCrm }) => sum + wrongInCrm, 0);
}
