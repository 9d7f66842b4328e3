/*
 * How far messages have come, to each of their recipients. A status only advances: what a provider tells late, or
 * twice, changes nothing.
 */
import { type DeliveredStatus, MessageStatus } from '@kith/contracts';
import { compareText } from '../identifier-facts.ts';
import type { OfMessage } from '../lay-out.ts';
import { compareInstants, type Saying } from './keep-best.ts';
import type { PlaceTable } from './keep-rows.ts';

/** A row of `message_status`. */
export interface StatusRow {
  message_id: string;
  recipient: string;
  status: MessageStatus;
  at: string;
  detail: string | null;
}

const rank = ({ status }: StatusRow): number => MessageStatus.options.indexOf(status);

/** The furthest; of the same status the first that was told. */
export const statusTable: PlaceTable<StatusRow> = {
  table: 'message_status',
  place: { message_id: 'uuid', recipient: 'text' },
  value: { status: 'text', at: 'timestamptz', detail: 'text' },
  compare: (row, other) =>
    rank(row) - rank(other) ||
    compareInstants(other.at, row.at) ||
    compareText(row.detail ?? '', other.detail ?? ''),
  isNews: (better, kept) => rank(better) > rank(kept),
};

/** What a status says. */
export function statusSaying(said: OfMessage<DeliveredStatus>): Saying<StatusRow> {
  const { status, recipient: to } = said.item;
  const recipient = to === null ? '' : `${to.kind} ${to.value}`;
  const detail = said.item.detail === '' ? null : said.item.detail;
  return { said, row: { message_id: said.messageId, recipient, status, at: said.at, detail } };
}
