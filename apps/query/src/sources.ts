import type { Bus } from '@kith/bus';
import type { Rows } from '@kith/database';
import type { Live } from './live.ts';

/** What reads are answered from. There is no way to write here: `db` runs single statements only. */
export interface Sources {
  db: Rows;
  bus: Bus;
  live: Live;
}
