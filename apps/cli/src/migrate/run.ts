/*
 * The migration, step by step. Each step can be repeated: what is there already stays and counts once, so a run that
 * was interrupted is started again by the same command.
 */
import { connectAccounts } from './accounts.ts';
import { type AppliedLinks, applyLinks } from './apply-links.ts';
import { type HistoryTally, walkHistory } from './history.ts';
import { channels } from './identify.ts';
import { channelOf } from './items.ts';
import type { Journal } from './journal.ts';
import { readDirectory } from './kith-participants.ts';
import { type KithTarget, requireSameWorkspace } from './kith-target.ts';
import type { OldSystem } from './old-system.ts';
import { publishBatch } from './publish.ts';
import { createRecords } from './records.ts';
import type { Report } from './report.ts';

/** What a run did. */
export interface RunSummary {
  recordsCreated: number;
  tally: HistoryTally;
  links: AppliedLinks;
}

/** What a run is given. */
export interface RunParts {
  old: OldSystem;
  target: KithTarget;
  journal: Journal;
  report: Report;
}

/** How to run. */
export interface RunOptions {
  createsRecords: boolean;
  before: string | null;
  onRecords(records: number): void;
  onMessages(messages: number): void;
}

/** Runs it: records, accounts, history, links. */
export async function runMigration(parts: RunParts, options: RunOptions): Promise<RunSummary> {
  const { old, target, journal, report } = parts;
  const { kith } = target;
  const recordIds = report.recordIds ?? new Set<string>();
  const needed = neededChannels(old, report);
  await connectAccounts(kith, old.mapping, needed);
  for (const channel of needed) await requireSameWorkspace(target, old.mapping.accounts[channel].accountId);
  const { created } = options.createsRecords
    ? await createRecords(old, kith, {
        journal,
        known: recordIds,
        onProgress: (count) => options.onRecords(count),
      })
    : { created: 0 };
  const people = new Set<string>();
  const tally = await walkHistory({
    old,
    kith,
    workspace: target.workspace,
    rules: rulesOf(old, report),
    before: options.before,
    publish: (batch) => publishBatch(target, old.mapping, batch),
    onProgress: (messages) => options.onMessages(messages),
    onEnded: (items) => {
      for (const item of items) for (const person of item.people) people.add(person);
    },
  });
  const directory = await readDirectory(kith, people);
  const links = await applyLinks({ kith, directory, recordIds }, report.links, { dryRun: false });
  return { recordsCreated: created, tally, links };
}

/** The rules by which messages of a report become items. */
export const rulesOf = ({ mapping, source }: OldSystem, { own, survey }: Report) => ({
  mapping,
  source,
  own,
  writers: survey.writers,
});

/** The channels that messages are on. */
function neededChannels({ mapping }: OldSystem, { survey }: Report) {
  const used = new Set(survey.messagesByType.map(({ type }) => channelOf(mapping, type)));
  return channels.filter((channel) => used.has(channel));
}
