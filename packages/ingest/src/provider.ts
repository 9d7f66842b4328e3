/*
 * What a provider is to an ingest service: how its requests prove themselves, what lies in their bodies, and how what
 * they leave out is fetched.
 *
 * A provider is one file in an app's `providers/` folder and one row in that folder's registry; its account secrets
 * are one row of `accountSecrets` in the contracts. It touches neither NATS nor the blob store nor the clock. This
 * file is exported as `@kith/ingest/provider` by itself, so that a parser thread does not load the whole service.
 *
 * A webhook passes through it in two steps. Before the answer, `verify` alone. After the answer, when the body is
 * durable: `complete`, which may ask the provider for what the body only refers to, then `read`, which is a pure
 * function from a body to items and may run in a thread of its own.
 */
import type {
  ConnectableProvider,
  Identifier,
  SyncReason,
  DeliveredAttachment,
  DeliveredMessage,
  DeliveryItem,
  MediaFailure,
} from '@kith/contracts';
import type * as z from 'zod';
import type { Egress } from './egress.ts';

/** A request as it arrived. */
export interface SignedRequest {
  /** By lower-case name; repeated ones joined by a comma, as node has them. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Path and query, as they stood in the request line. */
  url: string;
  /** Every public URL under which the sender may know this request: some sign theirs. */
  publicUrls(): readonly string[];
  /** The raw bytes that were signed. */
  body: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
}

/** A verified body, unzipped, and whose it is. `contentType` is the header as it was sent. */
export interface ReceivedBody {
  body: Uint8Array;
  contentType: string | null;
  workspace: string;
  accountId: string;
  settings: Readonly<Record<string, unknown>>;
}

/** A file whose bytes are known. */
export type IncludedAttachment = Omit<DeliveredAttachment, 'blob' | 'media'> & { bytes: Uint8Array };

/** A file that has to be fetched: `locator` is what the provider's `fetchMedia` needs to find it. */
export type RemoteAttachment = Omit<DeliveredAttachment, 'blob' | 'media'> & {
  media: { key: string; size: number | null; locator: MediaLocator };
};

/** What says where a file lies at its provider; carried through NATS, so only text. */
export type MediaLocator = Readonly<Record<string, string>>;

export type ParsedAttachment = IncludedAttachment | RemoteAttachment;

/** A message whose bytes are not in the blob store yet. */
export type ParsedMessage = Omit<DeliveredMessage, 'html' | 'attachments'> & {
  html: Uint8Array | null;
  attachments: ParsedAttachment[];
};

/** One thing found in a body. */
export type ParsedItem = ParsedMessage | Exclude<DeliveryItem, { kind: 'message' | 'media' }>;

/** Whether a request proved that it comes from an account's provider. */
export type Verdict = 'valid' | 'invalid';

/** What a provider may use besides its arguments. */
export interface ProviderTools {
  /** The only way to the network. */
  egress: Egress;
}

/** The same for completing a body. */
export interface CompletingTools extends ProviderTools {
  /** Which try it is, counted from 1: what is only a courtesy to the provider may be given up earlier than the rest. */
  attempt: number;
}

/** What became of a file. A throw means that another try may succeed. */
export type MediaResult =
  | { ended: 'fetched'; bytes: Uint8Array; type: string | null }
  | { ended: 'failed'; failure: MediaFailure; detail: string };

/** Which part of an account's past is asked for, and from where on. */
export interface HistoryQuestion {
  accountId: string;
  settings: Readonly<Record<string, unknown>>;
  /** Only what concerns somebody known by one of these; everything where it is null. */
  identifiers: readonly Identifier[] | null;
  /** Only what was sent at or after it; from the beginning where it is null. */
  since: string | null;
  /** Only what was sent before it. */
  until: string;
  /** Where the last page said that the next one begins; null at the beginning. The provider's own, at most 20,000 characters. */
  cursor: string | null;
}

/**
 * A piece of a page, as one of the providers of the service reads it: a list of events in the form of webhooks, or a
 * mail as it lies in its mailbox (`mime`).
 */
export interface HistoryBody {
  provider: ConnectableProvider;
  body: Uint8Array;
  contentType: string | null;
}

/** What a piece of a page is besides its bytes, which alone are kept. */
export type PageReader = Omit<HistoryBody, 'body'>;

/** A page of the past, or why there is none. What another try may change is thrown, as `TryAgainLater` where it says when. */
export type HistoryAnswer =
  | {
      ended: 'page';
      bodies: readonly HistoryBody[];
      /** Null behind the last page. A page may be empty and have a next one. */
      next: string | null;
      /** How many messages there are in all, where it is known. */
      total?: number | null;
    }
  /** The provider does not know the cursor any more: it is begun anew, and what comes again is not doubled. */
  | { ended: 'cursor_expired' }
  | { ended: 'failed'; reason: HistoryFailure; detail: string };

/** Why history is not to be had, whoever asks again. */
export type HistoryFailure = Extract<
  SyncReason,
  'no_history_api' | 'no_credentials' | 'credentials_refused' | 'not_found' | 'no_identifiers'
>;

/** What an app says of one provider; `Secrets` is what its accounts are given. */
export interface ProviderSpec<Secrets> {
  name: ConnectableProvider;
  /** The provider's row of `accountSecrets`. */
  secrets: z.ZodType<Secrets>;
  /** Of a provider that is only asked: its accounts are not found by webhooks. */
  postsNothing?: true;
  /** Whether a `Content-Type` (lower case, without parameters; null when absent) is one of the provider's. */
  accepts(contentType: string | null): boolean;
  /**
   * Constant in time over the secret; never throws for what the request holds. Throws `IngestUnavailable` when it
   * cannot tell now (a certificate that cannot be fetched): that is a 503, never a 401.
   */
  verify(request: SignedRequest, secrets: Secrets, tools: ProviderTools): Verdict | Promise<Verdict>;
  /** What the body holds. Pure. A throw makes it one `unreadable` item. */
  read(received: ReceivedBody): ParsedItem[] | Promise<ParsedItem[]>;
  /**
   * Fetches what the body leaves out, and answers the body as it would have been, or null when nothing is missing.
   * A throw means that another try may succeed; after the last one the body is read as it is.
   */
  complete?(
    received: ReceivedBody,
    secrets: Secrets,
    tools: CompletingTools,
  ): Promise<Pick<ReceivedBody, 'body' | 'contentType'> | null>;
  /** Fetches a file that `read` named. */
  fetchMedia?(locator: MediaLocator, secrets: Secrets, tools: ProviderTools): Promise<MediaResult>;
  /** Fetches one page of the past, newest first where the provider allows it. */
  fetchHistory?(question: HistoryQuestion, secrets: Secrets, tools: ProviderTools): Promise<HistoryAnswer>;
  /** By which reader a piece of its past is read that was kept; as JSON by its own where this is left out. */
  readerOfPage?(body: Uint8Array): PageReader;
  /** Answers a provider's GET handshake with the text to send back, or null when it is not one. */
  handshake?(query: URLSearchParams, secrets: Secrets): string | null;
}

/** An account's secrets inside the functions that use them. */
export interface AccountGuard {
  verify(request: SignedRequest): Verdict | Promise<Verdict>;
  handshake(query: URLSearchParams): string | null;
  /** Whether the provider is ever asked for the rest of a body. */
  mayComplete: boolean;
  /** `attempt` counts from 1, which it is when left out. */
  complete(
    received: ReceivedBody,
    attempt?: number,
  ): Promise<Pick<ReceivedBody, 'body' | 'contentType'> | null>;
  fetchMedia(locator: MediaLocator): Promise<MediaResult>;
  fetchHistory(question: HistoryQuestion): Promise<HistoryAnswer>;
}

/** A provider whose secrets have their type inside, so that providers stand side by side in one table. */
export interface Provider {
  name: ConnectableProvider;
  postsNothing: boolean;
  accepts(contentType: string | null): boolean;
  read(received: ReceivedBody): ParsedItem[] | Promise<ParsedItem[]>;
  readerOfPage(body: Uint8Array): PageReader;
  /** Null when the secrets are not what this provider needs. */
  guard(secrets: unknown, tools: ProviderTools): AccountGuard | null;
}

/** Something of ours cannot do its work now; the same request may succeed later. */
export class IngestUnavailable extends Error {
  override readonly name = 'IngestUnavailable';
}

/** Why another try may succeed where this one did not. */
export type PassingReason = Extract<SyncReason, 'rate_limited' | 'provider_unavailable' | 'bad_answer'>;

/**
 * The provider asks for patience (429), has a trouble of its own (5xx), or answered what it should not; `afterMs` where
 * it says for how long. The message names no person.
 */
export class TryAgainLater extends Error {
  override readonly name = 'TryAgainLater';
  readonly afterMs: number | null;
  readonly reason: PassingReason;
  constructor(
    message: string,
    options: { afterMs?: number | null; reason?: PassingReason; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.afterMs = options.afterMs ?? null;
    this.reason = options.reason ?? 'provider_unavailable';
  }
}

/** Makes a provider of its description. */
export function defineProvider<Secrets>(spec: ProviderSpec<Secrets>): Provider {
  return {
    name: spec.name,
    postsNothing: spec.postsNothing ?? false,
    accepts: (contentType) => spec.accepts(contentType),
    read: (received) => spec.read(received),
    readerOfPage: (body) =>
      spec.readerOfPage?.(body) ?? { provider: spec.name, contentType: 'application/json' },
    guard: (given, tools) => {
      const parsed = spec.secrets.safeParse(given);
      if (!parsed.success) return null;
      const secrets = parsed.data;
      return {
        verify: (request) => spec.verify(request, secrets, tools),
        handshake: (query) => spec.handshake?.(query, secrets) ?? null,
        mayComplete: spec.complete !== undefined,
        complete: async (received, attempt = 1) =>
          (await spec.complete?.(received, secrets, { ...tools, attempt })) ?? null,
        fetchMedia: async (locator) =>
          (await spec.fetchMedia?.(locator, secrets, tools)) ?? {
            ended: 'failed',
            failure: 'not_found',
            detail: 'the provider has no files to fetch',
          },
        fetchHistory: async (question) =>
          (await spec.fetchHistory?.(question, secrets, tools)) ?? {
            ended: 'failed',
            reason: 'no_history_api',
            detail: `${spec.name} keeps no messages that can be asked for`,
          },
      };
    },
  };
}
