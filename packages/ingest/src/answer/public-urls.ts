/*
 * Under which URLs a sender may know a request: some sign the URL that they post to, and behind a proxy the service
 * sees another one.
 *
 * The configured public URL alone, where there is one; else what the request says of itself, by both schemes. To try
 * several costs nothing: a signature over any of them can only be made with the account's secret.
 */
import type { IncomingMessage } from 'node:http';

/** The candidates, likeliest first. */
export function publicUrls(req: IncomingMessage, publicUrl: string | undefined): string[] {
  const path = req.url ?? '/';
  if (publicUrl !== undefined) return [`${publicUrl.replace(/\/+$/, '')}${path}`];
  const hosts = [firstOf(req.headers['x-forwarded-host']), firstOf(req.headers.host)];
  return hosts.flatMap((host) => (host === null ? [] : [`https://${host}${path}`, `http://${host}${path}`]));
}

function firstOf(header: string | string[] | undefined): string | null {
  const [first = ''] = String(header ?? '').split(',', 1);
  return first.trim() || null;
}
