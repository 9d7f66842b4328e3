/*
 * The egress over undici. The address is checked in the look-up that the connection itself uses: between the check and
 * the connection there is no second resolution that could answer otherwise (DNS rebinding).
 */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, request } from 'undici';
import {
  type Egress,
  EgressFailed,
  EgressRefused,
  type EgressRequest,
  type EgressResponse,
  type EgressRoute,
} from './egress.ts';

const redirectsMax = 3;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** An egress to public addresses, and to those `allowed` (`host:port`) that are ours to name. */
export function openEgress(options: { allowed: readonly string[] }): Egress & { close(): Promise<void> } {
  const agent = new Agent({
    connect: { lookup: publicLookup, timeout: 10_000 },
    connections: 16,
    pipelining: 1,
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  });
  // What the operator names is connected to as it is.
  const allowedAgent = new Agent({
    connect: { timeout: 10_000 },
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  });
  const allowed = new Set(options.allowed);
  const agentFor = (url: URL): Agent => {
    if (allowed.has(hostAndPort(url))) return allowedAgent;
    assertPublicHost(url.hostname);
    return agent;
  };
  const closing = new AbortController();
  return {
    get: (given) => getFollowing(agentFor, given),
    routeTo: (host, port): EgressRoute => {
      const isNamed = allowed.has(`${host.toLowerCase()}:${port}`);
      if (!isNamed) assertPublicHost(host);
      return { lookup: isNamed ? anyLookup : publicLookup, isNamed, closing: closing.signal };
    },
    close: async () => {
      closing.abort();
      await Promise.all([agent.close(), allowedAgent.close()]);
    },
  };
}

/** The hosts of the setting `KITH_EGRESS_ALLOW`. */
export const allowedHosts = (setting: string): string[] =>
  setting
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');

async function getFollowing(agentFor: (url: URL) => Agent, given: EgressRequest): Promise<EgressResponse> {
  const signal = AbortSignal.timeout(given.timeoutMs);
  let url = readUrl(given.url);
  let headers = given.headers ?? {};
  for (let hops = 0; ; hops += 1) {
    const answer = await getOnce(agentFor(url), url, { headers, bytesMax: given.bytesMax, signal });
    if (!redirectStatuses.has(answer.status)) return answer;
    const location = answer.headers['location'];
    if (location === undefined || hops === redirectsMax || given.redirects === 'refuse') {
      throw new EgressRefused('address_not_allowed', 'redirected, too often or where none is followed');
    }
    const next = readUrl(location, url);
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    url = next;
  }
}

async function getOnce(
  agent: Agent,
  url: URL,
  options: { headers: Readonly<Record<string, string>>; bytesMax: number; signal: AbortSignal },
): Promise<EgressResponse> {
  try {
    const response = await request(url, {
      dispatcher: agent,
      headers: { 'user-agent': 'Kith', ...options.headers },
      signal: options.signal,
    });
    const body = await readLimited(response.body, options.bytesMax);
    const named = Object.entries(response.headers).map(([name, value]) => [
      name.toLowerCase(),
      String(value ?? ''),
    ]);
    return { status: response.statusCode, headers: Object.fromEntries(named), body };
  } catch (err) {
    const refused = refusalIn(err);
    if (refused !== null) throw refused;
    // The text of the error may hold the URL, and that a token.
    throw new EgressFailed(`no answer from ${url.host}`, { cause: err });
  }
}

async function readLimited(body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > bytesMax) throw new EgressRefused('too_large', `larger than ${bytesMax} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

function refusalIn(err: unknown): EgressRefused | null {
  for (let at = err; at instanceof Error; at = at.cause) if (at instanceof EgressRefused) return at;
  return null;
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new EgressRefused('address_not_allowed', 'not an http or https URL');
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:authorization|cookie|x-api-key)$/i.test(name),
  );
  return Object.fromEntries(kept);
}

/** A host that is an address itself is not looked up, so it is checked here. */
function assertPublicHost(hostname: string): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(host) || isPublicAddress(host)) return;
  throw new EgressRefused('address_not_allowed', 'the address is not a public one');
}

const anyLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, callback);
};

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (err, found) => {
    if (err !== null) return callback(err, [], 0);
    const addresses = found.filter(({ address }) => isPublicAddress(address));
    const [first] = addresses;
    if (first === undefined) {
      return callback(new EgressRefused('address_not_allowed', 'the name leads to no public address'), [], 0);
    }
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** Whether everybody on the internet means the same host by this address; v4 inside v6 counts as v4. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  return ipaddr.process(text).range() === 'unicast';
}
