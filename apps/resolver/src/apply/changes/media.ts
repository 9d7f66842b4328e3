/*
 * What became of the files that messages name by a key. It may be told before the message, and again: bytes win over
 * a failure, whichever came first, so that a later success repairs what an earlier try gave up.
 */
import type { Channel, DeliveredMedia, MediaFailure } from '@kith/contracts';
import { compareText } from '../identifier-facts.ts';
import type { Said } from '../lay-out.ts';
import { compareInstants, type Saying } from './keep-best.ts';
import type { PlaceTable } from './keep-rows.ts';

/** A row of `media`: either a blob or a failure. */
export interface MediaRow {
  channel: Channel;
  key: string;
  blob_key: string | null;
  size: number | null;
  type: string | null;
  failure: MediaFailure | null;
  detail: string | null;
  at: string;
}

/** Bytes before a failure; of several bytes the first, as somebody may have seen them; of failures the last. */
export const mediaTable: PlaceTable<MediaRow> = {
  table: 'media',
  place: { channel: 'text', key: 'text' },
  value: {
    blob_key: 'text',
    size: 'int',
    type: 'text',
    failure: 'text',
    detail: 'text',
    at: 'timestamptz',
  },
  compare: (row, other) => {
    const hasBytes = Number(row.blob_key !== null) - Number(other.blob_key !== null);
    const later = compareInstants(row.at, other.at) || compareText(contentOf(row), contentOf(other));
    return hasBytes || (row.blob_key === null ? later : -later);
  },
  isNews: (better, kept) => better.blob_key !== null && kept.blob_key === null,
};

const contentOf = ({ blob_key, type, failure, detail }: MediaRow): string =>
  JSON.stringify([blob_key, type, failure, detail]);

/** What became of a file. */
export function mediaSaying(said: Said<DeliveredMedia>): Saying<MediaRow> {
  const { key, result } = said.item;
  const place = { channel: said.arrived.delivery.channel, key, at: said.at };
  if ('blob' in result) {
    const { blob, type } = result;
    return {
      said,
      row: { ...place, blob_key: blob.key, size: blob.size, type, failure: null, detail: null },
    };
  }
  return { said, row: { ...place, blob_key: null, size: null, type: null, ...result } };
}
