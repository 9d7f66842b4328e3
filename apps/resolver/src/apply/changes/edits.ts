/*
 * New texts of messages, each under the id of its edit, and deletions as tombstones. All of them are kept; which text
 * is shown is chosen in `refresh-messages.ts`.
 */
import type { DeliveredDeletion, DeliveredEdit } from '@kith/contracts';
import { compareText } from '../identifier-facts.ts';
import type { OfMessage } from '../lay-out.ts';
import { compareInstants, type Saying } from './keep-best.ts';
import type { PlaceTable } from './keep-rows.ts';

/** A row of `message_change`. */
export interface ChangeRow {
  message_id: string;
  /** The edit's own id; empty for the deletion, of which there is one. */
  change_id: string;
  kind: 'edit' | 'deletion';
  text: string | null;
  at: string;
}

/** The first that was told: a repeat that comes without a time must not make an edit newer than it is. */
export const changeTable: PlaceTable<ChangeRow> = {
  table: 'message_change',
  place: { message_id: 'uuid', change_id: 'text' },
  value: { kind: 'text', text: 'text', at: 'timestamptz' },
  compare: (row, other) => compareInstants(other.at, row.at) || compareText(row.text ?? '', other.text ?? ''),
  isNews: () => false,
};

/** What an edit says. */
export function editSaying(said: OfMessage<DeliveredEdit>): Saying<ChangeRow> {
  const { editId, text } = said.item;
  return {
    said,
    row: { message_id: said.messageId, change_id: editId, kind: 'edit', text, at: said.at },
  };
}

/** What a deletion says. */
export function deletionSaying(said: OfMessage<DeliveredDeletion>): Saying<ChangeRow> {
  return {
    said,
    row: { message_id: said.messageId, change_id: '', kind: 'deletion', text: null, at: said.at },
  };
}
