/* Where Unipile's API is for an account, and what it is asked with. */
import type { UnipileSecrets } from './verify.ts';

const v2BaseUrl = 'https://api.unipile.com';

/** How the API is reached, or what the account lacks for it. */
export type UnipileAccess =
  | {
      ok: true;
      headers: Readonly<Record<string, string>>;
      /** The URL of a path's steps, escaped; null where one is missing, or would lead out of its place. */
      urlOf(path: readonly string[]): string | null;
    }
  | { ok: false; detail: string };

/** The API in one of its versions. */
export function accessTo(version: 'v1' | 'v2', { apiKey, baseUrl }: UnipileSecrets): UnipileAccess {
  const base = baseUrl ?? (version === 'v2' ? v2BaseUrl : null);
  if (apiKey === undefined) return { ok: false, detail: 'the account has no apiKey' };
  if (base === null) return { ok: false, detail: 'the account has no baseUrl' };
  const root = `${base.replace(/\/+$/, '')}${version === 'v1' ? '/api/v1' : '/v2'}`;
  return {
    ok: true,
    headers: { 'x-api-key': apiKey },
    urlOf: (path) => {
      const isOpen = path.some(
        (step, index) => isNoStep(step) && !(step === '' && index === path.length - 1),
      );
      return isOpen ? null : root + path.map((step) => `/${encodeURIComponent(step)}`).join('');
    },
  };
}

const isNoStep = (step: string): boolean => /^\.{0,2}$/.test(step);
