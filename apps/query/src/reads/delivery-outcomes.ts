import { type Rows, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import type { DeliveryOutcomes } from '../shapes.ts';

type Row = z.infer<typeof DeliveryOutcomes>;

/** How the items of each delivery ended, in the order asked for; null for one that is not recorded yet. */
export async function readDeliveryOutcomes(
  db: Rows,
  workspace: string,
  deliveryIds: readonly string[],
): Promise<Row[]> {
  const rows = await db.rows<Row>(sql`
    select d.id as "deliveryId", d.outcomes from delivery d
    where d.workspace_id = ${workspace} and d.id = any(${uuidArray(deliveryIds)})`);
  const found = new Map(rows.map((row) => [row.deliveryId, row.outcomes]));
  return deliveryIds.map((deliveryId) => ({
    deliveryId,
    outcomes: found.get(deliveryId.toLowerCase()) ?? null,
  }));
}
