/*
 * The figures in words and tables: for the terminal, and for the page in docs/.
 */
import type { Difficulty } from './difficulties.ts';
import {
  emailDifficulties,
  linkedinDifficulties,
  personDifficulties,
  sharedDifficulties,
  whatsappDifficulties,
} from './difficulties.ts';
import type { Evaluation } from './evaluate.ts';
import type { Stratum } from './population.ts';
import { precisionOf, recallOf, type Score } from './score.ts';

/** A table: the first row is its head. */
export type Table = readonly (readonly string[])[];

/** Kith beside the peers' rules. */
export function comparisonTable({ kith, peers }: Evaluation): Table {
  const rows = Object.entries({ Kith: kith, ...peers }).map(([name, score]) => {
    const { unasked, withReview, withCrmErrors } = precisionOf(score);
    const { ofAll, ofDecidable } = recallOf(score);
    return [
      name,
      ...[unasked, withReview, withCrmErrors, ofAll, ofDecidable].map(asShare),
      ...[score.ambiguous / score.identities].map(asPercent),
      ...[score.wrong, score.wrongInReview, score.wrongInCrm].map(String),
    ];
  });
  return [
    [
      '',
      'precision',
      'with links in review',
      'with misleading records',
      'recall',
      'of what exact evidence decides',
      'ambiguous',
      'wrong links',
      'in review',
      'misled',
    ],
    ...rows,
  ];
}

/** What Kith makes of each difficulty, in three parts: decided by exact evidence, not decided, misleading. */
export function stratumTables({ byStratum }: Evaluation): {
  decided: Table;
  undecided: Table;
  misled: Table;
} {
  const all = [...byStratum].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const isMisleading = ([stratum]: [Stratum, Score]) => difficultyOf(stratum).misleading === true;
  const isDecided = ([, score]: [Stratum, Score]) => score.decidable > 0;
  const honest = all.filter((row) => !isMisleading(row));
  return {
    decided: stratumTable(honest.filter(isDecided)),
    undecided: stratumTable(honest.filter((row) => !isDecided(row))),
    misled: stratumTable(all.filter(isMisleading)),
  };
}

function stratumTable(rows: readonly [Stratum, Score][]): Table {
  const head = [
    '',
    'identities',
    'exact evidence decides',
    'linked rightly',
    'recall',
    'ambiguous',
    'wrong',
    'wrong, in review',
  ];
  return [
    head,
    ...rows.map(([stratum, score]) => [
      labelOf(stratum),
      ...[score.identities, score.decidable, score.right].map(String),
      score.withRecord === 0 ? '' : asPercent(recallOf(score).ofAll),
      ...[score.ambiguous, score.wrong + score.wrongInCrm, score.wrongInReview].map(String),
    ]),
  ];
}

const asShare = (share: number): string => share.toFixed(4);
const asPercent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const tables = {
  email: emailDifficulties,
  whatsapp: whatsappDifficulties,
  linkedin: linkedinDifficulties,
  person: personDifficulties,
  shared: sharedDifficulties,
} as const satisfies Record<string, Record<string, Difficulty>>;

const order = Object.entries(tables).flatMap(([group, difficulties]) =>
  Object.keys(difficulties).map((name) => `${group}.${name}`),
);

function difficultyOf(stratum: Stratum): Difficulty {
  const [group, name] = stratum.split('.') as [keyof typeof tables, string];
  const difficulties: Record<string, Difficulty> = tables[group];
  return difficulties[name] ?? { is: stratum };
}

const subjects: Record<keyof typeof tables, string> = {
  email: 'email: the record ',
  whatsapp: 'WhatsApp: the record ',
  linkedin: 'LinkedIn: the record ',
  person: '',
  shared: '',
};

function labelOf(stratum: Stratum): string {
  const [group] = stratum.split('.') as [keyof typeof tables];
  const { is } = difficultyOf(stratum);
  return `${subjects[group]}${is}`;
}

/** In columns, for a terminal. */
export function asText(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return table.map(line).join('\n');
}

/** In Markdown. */
export function asMarkdown([head = [], ...rows]: Table): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}
