/*
 * The only way from an ingest service to the network: files and messages that providers name in their webhooks, and
 * the mail servers of accounts.
 *
 * What a webhook names may be anything, so every connection is checked: only http and https, and only to addresses
 * that are public, looked at after the name was resolved and used as they were looked at, so that a name which
 * resolves to something else a moment later changes nothing. Redirects are followed by the same rules, without the
 * credentials when they lead to another origin.
 */
import type { LookupFunction } from 'node:net';

/** What to fetch, and how much patience to have. */
export interface EgressRequest {
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Longer answers are refused while they are read. */
  bytesMax: number;
  /** For everything together, in milliseconds. */
  timeoutMs: number;
  /** `refuse` where the host that answers is what makes the answer believable; followed unless said. */
  redirects?: 'follow' | 'refuse';
}

/** An answer, whatever its status. Header names are lower case. */
export interface EgressResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** How a connection that is not HTTP has to be made, so that it keeps the same rule. */
export interface EgressRoute {
  /** For `net.connect` and `tls.connect`: fails with `EgressRefused` for a name that leads to no public address. */
  lookup: LookupFunction;
  /** Whether the operator named the host and port, so that they are trusted with what is not encrypted. */
  isNamed: boolean;
  /** Aborts when the egress closes, and whatever uses the route with it. */
  closing: AbortSignal;
}

/** Fetches with GET. Rejects with `EgressRefused`, or with `EgressFailed` when another try may succeed. */
export interface Egress {
  get(request: EgressRequest): Promise<EgressResponse>;
  /** The way to a port of a host. Throws `EgressRefused` for an address that is not public. */
  routeTo(host: string, port: number): EgressRoute;
}

/** The request must not be made, or its answer not be taken: trying again changes nothing. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused';
  readonly reason: 'address_not_allowed' | 'too_large';
  constructor(reason: 'address_not_allowed' | 'too_large', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** No answer was had. */
export class EgressFailed extends Error {
  override readonly name = 'EgressFailed';
}
