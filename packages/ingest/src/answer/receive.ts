/*
 * One webhook request from its first header to its outcome: find the account, take the body in under limits, verify
 * it, keep it. A 200 is answered only after NATS stored it (Invariant 2); what is in it is read afterwards, so that
 * neither a difficult body nor a busy reader ever makes a provider wait.
 *
 * What can be refused without the body is refused without it. Errors of ours become `unavailable` and are logged
 * here, once.
 */
import type { IncomingMessage } from 'node:http';
import { BusUnavailable } from '@kith/bus';
import { AccountId } from '@kith/contracts';
import type { Logger } from '@kith/service';
import type { MountedAccount } from '../account-table.ts';
import type { Accounts } from '../accounts.ts';
import type { IngestMetrics } from '../metrics.ts';
import { IngestUnavailable, type Provider, type SignedRequest } from '../provider.ts';
import type { InFlight, Slot } from './in-flight.ts';
import type { Keeper } from './keep.ts';
import { refuse, type WebhookOutcome } from './outcome.ts';
import { publicUrls } from './public-urls.ts';
import { type BodyLimits, readBody } from './read-body.ts';
import { unzip } from './unzip.ts';

/** What receiving needs. `now` in milliseconds since 1970. */
export interface ReceiveParts {
  providers: ReadonlyMap<string, Provider>;
  accounts: Accounts;
  keeper: Keeper;
  inFlight: InFlight;
  limits: BodyLimits;
  publicUrl: string | undefined;
  metrics: IngestMetrics;
  log: Logger;
  now(): number;
  newId(): string;
}

/** `/webhooks/<providerName>/<accountId>` */
export interface WebhookRoute {
  providerName: string;
  accountId: string;
}

/** Receives one request. Never rejects. */
export async function receive(
  parts: ReceiveParts,
  route: WebhookRoute,
  req: IncomingMessage,
): Promise<WebhookOutcome> {
  const provider = parts.providers.get(route.providerName);
  if (provider === undefined) return refuse('no_such_provider');
  if (provider.postsNothing) return refuse('no_such_account');
  let slot: Slot | null = null;
  try {
    const known = await findAccounts(parts, provider, route.accountId);
    if (!known.caughtUp) return refuse('unavailable');
    if (known.accounts.length === 0) return refuse('no_such_account');
    if (!provider.accepts(typeOf(req))) return refuse('wrong_content_type');
    if (!['', 'identity', 'gzip'].includes(encodingOf(req))) return refuse('wrong_content_encoding');
    const expectedBytes = Number(req.headers['content-length'] ?? 0) || 0;
    if (expectedBytes > parts.limits.bytesMax) return refuse('body_too_large');
    slot = parts.inFlight.enter(expectedBytes);
    if (slot === null) return refuse('busy');
    const body = await readBody(req, parts.limits, slot);
    if (body.read !== 'whole') return refuse(body.read);
    parts.metrics.received(provider.name, body.bytes.byteLength);
    if (body.bytes.byteLength === 0) return refuse('empty_body');
    return await accept(
      parts,
      { provider, accountId: route.accountId, slot },
      toSigned(parts, req, body.bytes),
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
  slot: Slot;
}

async function accept(parts: ReceiveParts, target: Target, signed: SignedRequest): Promise<WebhookOutcome> {
  const proved = await authenticate(parts, target, signed);
  if ('answer' in proved) return proved;
  const { account, body } = proved;
  const id = parts.newId();
  await parts.keeper.keep({
    version: 1,
    id,
    workspace: account.workspace,
    accountId: account.accountId,
    provider: target.provider.name,
    contentType: signed.headers['content-type'] ?? null,
    receivedAt: new Date(signed.now).toISOString(),
    isAlone: false,
    body,
  });
  return { answer: 'accepted', deliveryId: id };
}

interface Proved {
  account: MountedAccount;
  /** Unzipped. */
  body: Uint8Array;
}

/**
 * The account whose secret verifies; when none does, after a look at what the stream holds by now. A zipped body may
 * be signed as it was sent or as it was before.
 */
async function authenticate(
  parts: ReceiveParts,
  target: Target,
  signed: SignedRequest,
): Promise<Proved | WebhookOutcome> {
  const isZipped = signed.headers['content-encoding']?.trim().toLowerCase() === 'gzip';
  const prove = async (): Promise<Proved | WebhookOutcome | null> => {
    const fitting = await fittingAccounts(parts, target, signed);
    if (fitting.length > 0 && !isZipped) return onlyOne(parts, target, fitting, signed.body);
    if (!isZipped) return null;
    // What is unzipped counts before it is there: a few kilobytes may become the largest body.
    if (!target.slot.reserve(parts.limits.bytesMax)) return refuse('busy');
    const body = await unzip(signed.body, parts.limits.bytesMax);
    // A body that proved itself is never refused for what is in it.
    if (fitting.length > 0) return onlyOne(parts, target, fitting, body ?? signed.body);
    if (body === null) return null;
    const unzipped = await fittingAccounts(parts, target, { ...signed, body });
    return unzipped.length === 0 ? null : onlyOne(parts, target, unzipped, body);
  };
  const proved = await prove();
  if (proved !== null) return proved;
  if (!(await parts.accounts.refresh())) return refuse('unavailable');
  return (await prove()) ?? refuse('signature_invalid');
}

async function fittingAccounts(
  parts: ReceiveParts,
  target: Target,
  signed: SignedRequest,
): Promise<MountedAccount[]> {
  const fitting: MountedAccount[] = [];
  for (const account of parts.accounts.find(target.provider.name, target.accountId)) {
    const verdict = account.verify(signed);
    if ((typeof verdict === 'string' ? verdict : await verdict) === 'valid') fitting.push(account);
  }
  return fitting;
}

function onlyOne(
  parts: ReceiveParts,
  target: Target,
  fitting: readonly MountedAccount[],
  body: Uint8Array,
): Proved | WebhookOutcome {
  const [account, ...others] = fitting;
  if (account === undefined) return refuse('signature_invalid');
  if (others.length === 0) return { account, body };
  // Invariant 4: never guess whose it is.
  const workspaces = fitting.map(({ workspace }) => workspace);
  parts.log.error(
    { workspaces, accountId: target.accountId },
    'one secret fits accounts of several workspaces',
  );
  return refuse('account_not_unique');
}

async function findAccounts(parts: ReceiveParts, provider: Provider, accountId: string) {
  const accounts = parts.accounts.find(provider.name, accountId);
  if (accounts.length > 0) return { caughtUp: true, accounts };
  if (!AccountId.safeParse(accountId).success) return { caughtUp: true, accounts: [] };
  const caughtUp = await parts.accounts.refresh();
  return { caughtUp, accounts: parts.accounts.find(provider.name, accountId) };
}

function toSigned(parts: ReceiveParts, req: IncomingMessage, body: Uint8Array): SignedRequest {
  return {
    // Node joins repeated headers by a comma, but for Set-Cookie, which no provider sends.
    headers: req.headers as Readonly<Record<string, string | undefined>>,
    url: req.url ?? '/',
    publicUrls: () => publicUrls(req, parts.publicUrl),
    body,
    now: parts.now(),
  };
}

function typeOf(req: IncomingMessage): string | null {
  const [type = ''] = (req.headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase() || null;
}

const encodingOf = (req: IncomingMessage): string =>
  (req.headers['content-encoding'] ?? '').trim().toLowerCase();

function logUnavailable(log: Logger, { providerName }: WebhookRoute, err: unknown): void {
  const expected = err instanceof BusUnavailable || err instanceof IngestUnavailable;
  const fields = { err, provider: providerName };
  if (expected) log.warn(fields, 'a webhook could not be made durable');
  else log.error(fields, 'a webhook could not be made durable');
}
