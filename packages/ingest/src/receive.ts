/*
 * One webhook request from its first header to its outcome: find the account, take the body in under limits, verify
 * it, parse it, publish it. A 200 is answered only after NATS stored the delivery (Invariant 2).
 *
 * What can be refused without the body is refused without it. Errors of ours become `unavailable` and are logged
 * here, once.
 */
import type { BlobStore } from '@kith/blobs';
import { BusUnavailable } from '@kith/bus';
import { AccountId, type Channel } from '@kith/contracts';
import type { Logger } from '@kith/service';
import type { MountedAccount } from './account-table.ts';
import type { Accounts } from './accounts.ts';
import type { InFlight, Slot } from './in-flight.ts';
import type { IngestMetrics } from './metrics.ts';
import { refuse, type WebhookOutcome } from './outcome.ts';
import { parseBody } from './parse-body.ts';
import type { Provider, SignedRequest } from './provider.ts';
import { IngestUnavailable } from './provider.ts';
import { publishDelivery, type PublishParts } from './publish.ts';
import { type BodyLimits, readBody } from './read-body.ts';

/** What receiving needs. `now` in milliseconds since 1970. */
export interface ReceiveParts extends PublishParts {
  channel: Channel;
  providers: ReadonlyMap<string, Provider>;
  accounts: Accounts;
  blobs: BlobStore;
  inFlight: InFlight;
  limits: BodyLimits;
  metrics: IngestMetrics;
  log: Logger;
  now(): number;
}

/** Receives one request on `/webhooks/<providerName>/<accountId>`. Never rejects. */
export async function receive(
  parts: ReceiveParts,
  route: { providerName: string; accountId: string },
  request: Request,
): Promise<WebhookOutcome> {
  const provider = parts.providers.get(route.providerName);
  if (provider === undefined) return refuse('no_such_provider');
  let slot: Slot | null = null;
  try {
    const known = await findAccounts(parts, provider, route.accountId);
    if (!known.caughtUp) return refuse('unavailable');
    if (known.accounts.length === 0) return refuse('no_such_account');
    if (!provider.accepts(contentTypeOf(request))) return refuse('wrong_content_type');
    const expectedBytes = Number(request.headers.get('content-length') ?? 0) || 0;
    if (expectedBytes > parts.limits.bytesMax) return refuse('body_too_large');
    slot = parts.inFlight.enter(expectedBytes);
    if (slot === null) return refuse('busy');
    const body = await readBody(request, parts.limits, slot);
    if (body.read !== 'whole') return refuse(body.read);
    parts.metrics.received(provider.name, body.bytes.byteLength);
    if (body.bytes.byteLength === 0) return refuse('empty_body');
    return await accept(
      parts,
      { provider, accountId: route.accountId },
      toSigned(parts, request, body.bytes),
    );
  } catch (err) {
    logUnavailable(parts.log, route, err);
    return refuse('unavailable');
  } finally {
    slot?.release();
  }
}

interface Target {
  provider: Provider;
  accountId: string;
}

async function accept(parts: ReceiveParts, target: Target, request: SignedRequest): Promise<WebhookOutcome> {
  const owner = await authenticate(parts, target, request);
  if ('answer' in owner) return owner;
  const { workspace, accountId, settings } = owner.account;
  const receivedAt = new Date(request.now).toISOString();
  const began = performance.now();
  const parsing = parseBody({ provider: target.provider, log: parts.log }, request, {
    workspace,
    accountId,
    settings,
  });
  const [raw, items] = await Promise.all([parts.blobs.put(workspace, request.body), parsing]);
  parts.metrics.parsed(target.provider.name, (performance.now() - began) / 1000);
  const delivery = await publishDelivery(parts, {
    workspace,
    accountId,
    channel: parts.channel,
    provider: target.provider.name,
    origin: 'webhook',
    receivedAt,
    raw,
    items,
  });
  for (const item of delivery.items) parts.metrics.published(target.provider.name, item.kind);
  return { answer: 'accepted', deliveryId: delivery.id, items: delivery.items.length };
}

/** The account whose secret verifies; when none does, after a look at what the stream holds by now. */
async function authenticate(
  parts: ReceiveParts,
  target: Target,
  request: SignedRequest,
): Promise<{ account: MountedAccount } | WebhookOutcome> {
  const verified = (): MountedAccount[] =>
    parts.accounts
      .find(target.provider.name, target.accountId)
      .filter((account) => account.verify(request) === 'valid');
  let fitting = verified();
  if (fitting.length === 0) {
    if (!(await parts.accounts.refresh())) return refuse('unavailable');
    fitting = verified();
  }
  const [account, ...others] = fitting;
  if (account === undefined) return refuse('signature_invalid');
  if (others.length === 0) return { account };
  // Invariant 4: never guess whose it is.
  const workspaces = fitting.map(({ workspace }) => workspace);
  parts.log.error(
    { workspaces, accountId: target.accountId },
    'one secret fits accounts of several workspaces',
  );
  return refuse('account_not_unique');
}

async function findAccounts(parts: ReceiveParts, provider: Provider, accountId: string) {
  if (!AccountId.safeParse(accountId).success) return { caughtUp: true, accounts: [] };
  const accounts = parts.accounts.find(provider.name, accountId);
  if (accounts.length > 0) return { caughtUp: true, accounts };
  const caughtUp = await parts.accounts.refresh();
  return { caughtUp, accounts: parts.accounts.find(provider.name, accountId) };
}

function toSigned(parts: ReceiveParts, request: Request, body: Uint8Array): SignedRequest {
  return { headers: request.headers, url: request.url, body, now: parts.now() };
}

function contentTypeOf(request: Request): string | null {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase() || null;
}

function logUnavailable(log: Logger, route: { providerName: string; accountId: string }, err: unknown): void {
  const expected = err instanceof BusUnavailable || err instanceof IngestUnavailable;
  const fields = { err, provider: route.providerName };
  if (expected) log.warn(fields, 'a webhook could not be made durable');
  else log.error(fields, 'a webhook could not be made durable');
}
