/*
 * What a fault is, as it could be planted into the workspace that `makeHealthy` makes, and the words to plant one.
 */
import { idOf } from '../healthy.ts';

/** A fault that one check is there for. Many break more than one invariant: `also` names what else is seen. */
export interface Fault {
  check: string;
  plant: string;
  /** What breaks the check. */
  id: string;
  also?: Record<string, string[]>;
  /** What else breaks, and is not seen from the record. */
  elsewhere?: Record<string, string[]>;
  /** The record behind which it is seen, too; `r1` unless said otherwise, null where it lies behind none. */
  behind?: string | null;
}

/** The workspace that the faults are for. */
export const faultyWorkspace = 'faulty';

export const who = (name: number | string): string => idOf('participant', name);
export const address = (name: number | string): string => idOf('identifier', `${name}@lima.example`);
export const thread = idOf('conversation', 1);
export const newest = idOf('message', '1 b');
export const nothing = idOf('nothing', 1);

const here = `workspace_id = '${faultyWorkspace}'`;
export const is = (id: string): string => `id = '${id}'`;
export const change = (table: string, set: string, where: string): string =>
  `update ${table} set ${set} where ${here} and ${where}`;
export const remove = (table: string, where: string): string =>
  `delete from ${table} where ${here} and ${where}`;
/** A row like another one, but for some columns. */
export const copy = (table: string, columns: string, where: string): string =>
  `insert into ${table} select (jsonb_populate_record(t, '${columns}')).* from ${table} t where ${here} and ${where}`;
