import type { WebSettings } from './config.ts';

/**
 * What every answer carries. Scripts and styles come from this server alone, and the page speaks to this server and
 * the two APIs alone; Trusted Types refuse every text that would become HTML or script, but for what `kith-mail` lets
 * pass: mails to their sanitiser, and the fixed document of the frame that shows them.
 *
 * That frame inherits this policy and adds its own, so what a mail may fetch has to be allowed here, too: pictures of the
 * internet, which the frame's policy forbids until somebody asks for them (docs/decisions/mail-in-a-frame.md).
 */
export function securityHeaders(settings: WebSettings): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(settings),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

function contentSecurityPolicy(settings: WebSettings): string {
  const origins = new Set(
    [settings.KITH_QUERY_URL, settings.KITH_RESOLVER_URL].map((url) => new URL(url).origin),
  );
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    // blob: is how files of messages are shown, with or without a mail around them.
    `img-src 'self' data: blob: https: http:`,
    `font-src 'self'`,
    `connect-src 'self' ${[...origins].join(' ')}`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types kith-mail`,
  ].join('; ');
}
