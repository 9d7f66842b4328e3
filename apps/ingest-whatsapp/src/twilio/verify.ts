/*
 * Verifies `X-Twilio-Signature` (https://www.twilio.com/docs/usage/security): HMAC-SHA1 over the URL as Twilio knows
 * it, followed by every parameter's name and value in the order of the names. A JSON body is signed through its
 * SHA-256 in the URL.
 *
 * Twilio signs the URL with or without its port, and has written its query in two ways, so each is tried.
 */
import { createHash } from 'node:crypto';
import querystring from 'node:querystring';
import type { SignedRequest, Verdict } from '@kith/ingest/provider';
import { base64Bytes, hexBytes, hmacOf, sameBytes } from '@kith/ingest/signatures';
import { formOf, isJson } from './form.ts';

/** Twilio's forms are some kilobytes; larger ones are not worth a look before they prove themselves. */
const formBytesMax = 1_000_000;

/** Whether a request was signed with this token. */
export async function verifyTwilio(request: SignedRequest, authToken: string): Promise<Verdict> {
  const given = base64Bytes(request.headers['x-twilio-signature'] ?? '');
  if (given === null || given.byteLength === 0 || request.body.byteLength > formBytesMax) return 'invalid';
  const isForm = !isJson(request.headers['content-type'] ?? null);
  const parameters = isForm ? signedParameters(request.body) : null;
  let isSigned = false;
  for (const url of writingsOf(request.publicUrls())) {
    const hash = hashInQuery(url);
    const signed = hash === null ? parameters : isHashOf(hash, request.body) ? '' : null;
    if (signed === null) continue;
    isSigned = sameBytes(given, await hmacOf('sha1', authToken, [url, signed])) || isSigned;
  }
  return isSigned ? 'valid' : 'invalid';
}

function hashInQuery(url: string): string | null {
  const start = url.indexOf('?');
  return start < 0 ? null : new URLSearchParams(url.slice(start)).get('bodySHA256');
}

function isHashOf(hash: string, body: Uint8Array): boolean {
  const given = hexBytes(hash, 32);
  return given !== null && sameBytes(given, createHash('sha256').update(body).digest());
}

/** Of a repeated parameter each value counts once, in order. */
function signedParameters(body: Uint8Array): string {
  const form = [...formOf(body)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return form
    .map(([name, values]) =>
      [...new Set(values)]
        .toSorted()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

function writingsOf(urls: readonly string[]): Set<string> {
  const all = urls.flatMap((url) => [url, ...withAndWithoutPort(url)]);
  return new Set(all.flatMap((url) => [url, withQueryRewritten(url)]));
}

function withAndWithoutPort(url: string): string[] {
  if (!URL.canParse(url)) return [];
  // A parsed URL never shows the default port of its protocol.
  const parsed = new URL(url);
  const port = parsed.protocol === 'https:' ? 443 : 80;
  const withPort =
    parsed.port === '' ? parsed.href.replace(parsed.host, `${parsed.host}:${port}`) : parsed.href;
  parsed.port = '';
  return [parsed.href, withPort];
}

/** As Twilio's older signers have it, which escape less. */
function withQueryRewritten(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return url;
  return `${url.slice(0, start)}?${querystring.stringify(querystring.parse(url.slice(start + 1)))}`;
}
