import { syncReasons } from '@kith/contracts';
import type { Coverage } from '@kith/client';

/** Why something is not there, and what to do about it, in lines. */
export function troubleLines({
  reason,
  detail,
  todo,
}: Pick<Coverage, 'reason' | 'detail' | 'todo'>): string[] {
  if (reason === null) return [];
  const { means } = syncReasons[reason];
  return [detail === null ? means : `${means} (${detail})`, ...(todo === null ? [] : [`→ ${todo}`])];
}
