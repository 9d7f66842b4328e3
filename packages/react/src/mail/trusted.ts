/*
 * Leave to hand text to a parser, on pages that enforce Trusted Types.
 *
 * The policy lets everything pass, so it never leaves this folder: only the sanitiser's own parsing, which happens in a
 * document that runs and fetches nothing, and the frame's two fixed documents go through it. A page whose policy does not
 * name `kith-mail` refuses to make it; mails are then shown as text.
 */
import type { Config } from 'dompurify';

type TrustedTypePolicy = NonNullable<Config['TRUSTED_TYPES_POLICY']>;

/** What a browser with Trusted Types has; the types of the DOM do not know it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML: (text: string) => string; createScriptURL: (text: string) => string },
  ): TrustedTypePolicy;
}

let policy: TrustedTypePolicy | null | undefined;

/** The policy, null where the browser knows no Trusted Types. Throws where the page does not allow it. */
export function trustedMail(): TrustedTypePolicy | null {
  policy ??=
    (window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('kith-mail', {
      createHTML: (text) => text,
      // DOMPurify wants to have it; no address of a script is ever made.
      createScriptURL: () => 'about:blank',
    }) ?? null;
  return policy;
}
