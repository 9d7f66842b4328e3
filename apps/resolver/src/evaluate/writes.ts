import { pipelines } from './draft.ts';
import type { Phase, PlannedRecord } from './population.ts';

/** Records that are written at once, as the CRM has them in a phase. */
export interface RecordsWrite {
  phase: Phase;
  pipeline: string;
  records: PlannedRecord[];
}

const recordsAtOnce = 500;

/** Everything that the CRM sends in a phase, in order: records that are new in it, and those whose fields change. */
export function writesIn(phase: Phase, records: readonly PlannedRecord[]): RecordsWrite[] {
  const due = records.filter((record) => isDue(record, phase));
  return pipelines.flatMap(({ pipeline }) => {
    const ofPipeline = due.filter((record) => record.pipeline === pipeline);
    const count = Math.ceil(ofPipeline.length / recordsAtOnce);
    return Array.from({ length: count }, (_, index) => ({
      phase,
      pipeline,
      records: ofPipeline.slice(index * recordsAtOnce, (index + 1) * recordsAtOnce),
    }));
  });
}

const isDue = ({ createdIn, values }: PlannedRecord, phase: Phase): boolean =>
  createdIn === phase ||
  (createdIn < phase && values.some(({ from, until }) => from === phase || until === phase));
