/* What the providers' lists of mails have in common. */
import type { Mail } from '../mail/mail.ts';

/** In the order of lists. */
export function newestFirst(mails: readonly Mail[]): Mail[] {
  return mails.toSorted((one, other) => Date.parse(other.date) - Date.parse(one.date));
}

/** Whether one of the addresses, separated by commas, wrote or was written to; true where none is asked for. */
export function isWith(mail: Mail, anybody: string | null): boolean {
  if (anybody === null) return true;
  const asked = new Set(anybody.split(',').map((address) => address.trim().toLowerCase()));
  const people = [mail.from, ...mail.to, ...(mail.cc ?? [])];
  return people.some(({ address }) => asked.has(address.toLowerCase()));
}
