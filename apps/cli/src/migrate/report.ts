/*
 * The report on the old system: what it holds, and what is not in order. Only the old database is read for it, and
 * where a Kith is known, which records and own identities it has.
 */
import type { KithClient } from '@kith/client';
import { readOwnIdentities } from './accounts.ts';
import { createFindings, type Finding } from './findings.ts';
import type { OwnIdentities } from './identify.ts';
import { type LinkCounts, LinkPlan } from './link-plan.ts';
import type { OldSystem } from './old-system.ts';
import { addToPlan } from './read-links.ts';
import { readRecordIds } from './records.ts';
import { readSurvey, type Survey } from './survey.ts';
import type { LegacyLink } from './wanted-links.ts';

/** The report, and what a run goes by. */
export interface Report {
  survey: Survey;
  findings: Finding[];
  links: LegacyLink[];
  linkCounts: LinkCounts;
  own: OwnIdentities;
  /** Those that Kith has; null where no Kith is known. */
  recordIds: Set<string> | null;
}

/** Reads the old system once through, but for its messages. */
export async function readReport(
  old: OldSystem,
  kith: KithClient | null,
  options: { before: string | null; createsRecords: boolean },
): Promise<Report> {
  const findings = createFindings();
  const own = await readOwnIdentities(kith, old.mapping);
  const survey = await readSurvey(old, findings, options.before);
  const plan = new LinkPlan({ mapping: old.mapping, own, writers: survey.writers }, findings);
  await addToPlan(plan, old);
  const recordIds = kith === null ? null : await readRecordIds(kith);
  if (recordIds !== null && !options.createsRecords) {
    for (const id of plan.recordIds)
      if (!recordIds.has(id)) findings.add('record_not_in_kith', `record ${id}`);
  }
  return {
    survey,
    findings: findings.list(),
    links: plan.links(),
    linkCounts: plan.counts,
    own,
    recordIds,
  };
}

/** Whether there is nothing to migrate. */
export const isEmpty = ({ survey }: Report): boolean => survey.messages === 0 && survey.participants === 0;
