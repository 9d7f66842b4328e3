/*
 * The addresses under which Twilio may know somebody. Its lists are of one address, written as WhatsApp writes it, and
 * WhatsApp still writes some numbers in the form that they had before their country changed it: Brazil's without the
 * ninth digit, Mexico's with a 1.
 */
import type { Identifier } from '@kith/contracts';
import { normalizeWhatsApp } from '@kith/identity';

const rewritings: readonly [RegExp, string][] = [
  [/^\+55(\d\d)9(\d{8})$/, '+55$1$2'],
  [/^\+52(\d{10})$/, '+521$1'],
];

/** Every address that is certain to be this person's; none for what is no WhatsApp identifier. */
export function addressesOf({ kind, value }: Identifier): string[] {
  // The scope of a business-scoped id stands before it.
  if (kind === 'whatsapp_bsuid') return [`whatsapp:${value.slice(value.lastIndexOf('/') + 1)}`];
  if (kind !== 'phone') return [];
  const others = rewritings.flatMap(([form, written]) =>
    form.test(value) ? [value.replace(form, written)] : [],
  );
  return [value, ...others.filter((number) => isSame(number, value))].map((number) => `whatsapp:${number}`);
}

function isSame(number: string, value: string): boolean {
  const read = normalizeWhatsApp(number);
  return read.ok && read.key === value;
}
