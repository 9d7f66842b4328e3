/*
 * Why a field identifies nobody, in words that tell whoever keeps the CRM what to do.
 */
import type { LinkedInFailure, PhoneFailure } from '@kith/identity';

/** A value between quotation marks, on one line and at most 60 characters long. */
export function quote(text: string): string {
  const line = text.slice(0, 1000).replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  const shown = characters.length > quotedMax ? `${characters.slice(0, quotedMax - 1).join('')}…` : line;
  return `"${shown.toWellFormed()}"`;
}

const quotedMax = 60;

export const notReadable = 'is neither a text nor a list of texts';
export const tooLongToKeep = 'holds an identifier that is too long to be kept';
export const noEmail = 'holds no email address';
export const noPhone = 'holds no phone number';
export const noLinkedIn = 'holds no LinkedIn profile';

export const badEmail = (text: string): string => `${quote(text)} is not an email address`;

export const machineAddress = (address: string): string =>
  `the address ${quote(address)} is a machine's and identifies nobody`;

/** What is wrong with something that looks like a phone number; null where it is none at all. */
export function badPhone(text: string, failure: PhoneFailure, country: string | null): string | null {
  switch (failure) {
    case 'empty':
    case 'not_a_number':
      return null;
    case 'no_country':
      return `the phone number ${quote(text)} has no country: write it with +, or give the pipeline a defaultCountry`;
    case 'too_long':
    case 'not_possible':
      return (
        `${quote(text)} is not a possible phone number${country === null ? '' : ` (read as one of ${country})`}: ` +
        'check its digits, and write it with + and its country'
      );
    case 'short_code':
      return `the phone number ${quote(text)} is a short code, which identifies nobody`;
  }
}

/** Digits among words, which a country could make a phone number. */
export const unsurePhone = (text: string): string =>
  `${quote(text)} may be a phone number: write it with + to be sure`;

/** What is wrong with something that looks like a LinkedIn profile; null where it is none at all. */
export function badLinkedIn(text: string, failure: LinkedInFailure): string | null {
  switch (failure) {
    case 'empty':
    case 'not_linkedin':
    case 'bare_slug':
      return null;
    case 'damaged_id':
      return `the LinkedIn id ${quote(text)} has lost its capital letters: write it as LinkedIn does`;
    case 'company':
      return `${quote(text)} is a company's page on LinkedIn, not a person's`;
    case 'legacy_url':
      return `${quote(text)} is an old LinkedIn address: open it and write the one it leads to`;
    case 'not_a_person':
      return `${quote(text)} is on LinkedIn, but not a person's profile`;
    case 'too_long':
      return `${quote(text)} is too long for a LinkedIn profile`;
  }
}
