import type { Rows } from '@kith/database';
import type { Places } from './places.ts';

/** What a read may cost, and why as much. */
export interface Budget {
  ask: string;
  read: (db: Rows, at: Places) => Promise<unknown>;
  statements: number;
  buffers: number;
  /** Rows that are sorted or hashed, where these are more than a page. */
  rowsGathered?: number;
  because: string;
}
