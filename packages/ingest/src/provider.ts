/*
 * What a provider is to the webhook server: how its requests prove themselves, and what lies in their bodies.
 *
 * A provider is one file in an app's `providers/` folder and one row in that folder's registry; its account secrets
 * are one row of `accountSecrets` in the contracts. It touches neither NATS nor the blob store nor the clock. This
 * file is exported as `@kith/ingest/provider` by itself, so that a parser thread does not load the whole service.
 */
import type {
  ConnectableProvider,
  DeliveredAttachment,
  DeliveredMessage,
  DeliveryItem,
} from '@kith/contracts';
import type * as z from 'zod';

/** A request as it arrived: `body` is the raw bytes that were signed. `now` in milliseconds since 1970. */
export interface SignedRequest {
  headers: Headers;
  url: string;
  body: Uint8Array;
  now: number;
}

/** Whose delivery is being parsed. */
export interface ParseContext {
  workspace: string;
  accountId: string;
  settings: Readonly<Record<string, unknown>>;
}

/** A file whose bytes are not in the blob store yet. */
export type ParsedAttachment = Omit<DeliveredAttachment, 'blob'> & { bytes: Uint8Array };

/** A message whose bytes are not in the blob store yet. */
export type ParsedMessage = Omit<DeliveredMessage, 'html' | 'attachments'> & {
  html: Uint8Array | null;
  attachments: ParsedAttachment[];
};

/** One thing found in a body. */
export type ParsedItem = ParsedMessage | Exclude<DeliveryItem, { kind: 'message' }>;

/** Whether a request proved that it comes from an account's provider. */
export type Verdict = 'valid' | 'invalid';

/** What an app says of one provider; `Secrets` is what its accounts are given. */
export interface ProviderSpec<Secrets> {
  name: ConnectableProvider;
  /** The provider's row of `accountSecrets`. */
  secrets: z.ZodType<Secrets>;
  /** Whether a `Content-Type` (lower case, without parameters; null when absent) is one of the provider's. */
  accepts(contentType: string | null): boolean;
  /** Constant in time over the secret; never throws, whatever the request holds. */
  verify(request: SignedRequest, secrets: Secrets): Verdict;
  /**
   * What the body holds. A throw makes it one `unreadable` item, except `IngestUnavailable`, which makes it a 503.
   */
  parse(request: SignedRequest, ctx: ParseContext): Promise<ParsedItem[]>;
  /** Answers a provider's GET handshake with the text to send back, or null when it is not one. */
  handshake?(query: URLSearchParams, secrets: Secrets): string | null;
}

/** An account's secrets inside the functions that use them. */
export interface AccountGuard {
  verify(request: SignedRequest): Verdict;
  handshake(query: URLSearchParams): string | null;
}

/** A provider whose secrets have their type inside, so that providers stand side by side in one table. */
export interface Provider {
  name: ConnectableProvider;
  accepts(contentType: string | null): boolean;
  parse(request: SignedRequest, ctx: ParseContext): Promise<ParsedItem[]>;
  /** Null when the secrets are not what this provider needs. */
  guard(secrets: unknown): AccountGuard | null;
}

/** Something of ours cannot do its work now; the same request may succeed later. */
export class IngestUnavailable extends Error {
  override readonly name = 'IngestUnavailable';
}

/** Makes a provider of its description. */
export function defineProvider<Secrets>(spec: ProviderSpec<Secrets>): Provider {
  return {
    name: spec.name,
    accepts: (contentType) => spec.accepts(contentType),
    parse: (request, ctx) => spec.parse(request, ctx),
    guard: (given) => {
      const parsed = spec.secrets.safeParse(given);
      if (!parsed.success) return null;
      const secrets = parsed.data;
      return {
        verify: (request) => spec.verify(request, secrets),
        handshake: (query) => spec.handshake?.(query, secrets) ?? null,
      };
    },
  };
}
