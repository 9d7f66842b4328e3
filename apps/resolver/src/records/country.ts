import * as z from 'zod';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/**
 * A country as ISO 3166-1 alpha-2, in capitals. An alias is taken for what it stands for (`UK` is `GB`); two letters
 * that are no country are refused, because every phone number would silently stay unread with them.
 */
export const CountryCode = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'two letters, such as "FR"')
  .transform((code, refinement) => {
    const region = new Intl.Locale(`und-${code}`).region ?? '';
    if (region !== 'ZZ' && names.of(region) !== undefined) return region;
    refinement.addIssue({ code: 'custom', message: 'no country has this code (ISO 3166-1 alpha-2)' });
    return z.NEVER;
  });
