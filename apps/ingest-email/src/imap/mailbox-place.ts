/*
 * Where a walk through a mailbox is, as the text that lies between two pages.
 *
 * A folder is walked from its newest mail to its oldest. What a search found and was not fetched yet goes along, as
 * far as there is room; what lies below it is searched for again when that is used up.
 */
import * as z from 'zod';

/** A place in a folder. */
export const MailboxPlace = z.strictObject({
  /** The folder's path. */
  folder: z.string(),
  /** By which the UIDs below mean what they meant; null before the folder was opened. */
  uidValidity: z.string().nullable(),
  /** Mails from this UID on are done, or among `found`. */
  below: z.int().nonnegative(),
  /** UIDs to fetch, as a set of IMAP's. */
  found: z.string(),
  /** How many mails there are in all, where it was cheap to know. */
  total: z.int().nonnegative().nullable(),
});
export type MailboxPlace = z.infer<typeof MailboxPlace>;

/** The place of a cursor, or null where it is none of ours. */
export function readPlace(cursor: string): MailboxPlace | null {
  try {
    return MailboxPlace.parse(JSON.parse(cursor));
  } catch {
    return null;
  }
}

/** The beginning of a folder that is not open yet. */
export function beginningOf(folder: string, total: number | null): MailboxPlace {
  return { folder, uidValidity: null, below: 0, found: '', total };
}
