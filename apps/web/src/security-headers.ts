import type { WebSettings } from './config.ts';

/**
 * What every answer carries. Scripts and styles come from this server alone, and the page speaks to this server and
 * the two APIs alone; Trusted Types refuse every text that would become HTML or script.
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
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self' ${[...origins].join(' ')}`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
}
