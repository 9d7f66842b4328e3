/*
 * A connection to a mailbox, and the few that are kept between two pages of one sync, because a login takes longer
 * than a page and mail servers count logins.
 *
 * One page at a time has a connection; two syncs of one account have two. A kept one is closed when nobody came for it
 * for a while, and every one when the egress closes. The library is loaded when it is first needed: threads that only
 * read mail load this file too.
 */
import { createHash } from 'node:crypto';
import type { ImapSettings } from '@kith/contracts';
import type { Egress } from '@kith/ingest/egress';
import type { ImapFlow } from 'imapflow';
import { foldersToWalk } from './folders.ts';

/** A mailbox and the way into it. */
export interface MailboxAccess {
  settings: ImapSettings;
  password: string;
}

/** A connection that is logged in. */
export interface ImapSession {
  client: ImapFlow;
  /** The paths to walk. */
  folders: readonly string[];
  /** Where mails that the server knows by one id in all folders were seen, and in whose walk that was. */
  seen: { walk: string; places: Map<string, string> };
}

const keptMs = 30_000;
/** For one page, the login included. */
const pageMs = 120_000;
const mailBytesMax = 64_000_000;

const kept = new Map<string, { session: ImapSession; timer: NodeJS.Timeout }[]>();

/** Runs `work` with a connection; one that failed is closed. */
export async function withSession<T>(
  access: MailboxAccess,
  egress: Egress,
  work: (session: ImapSession) => Promise<T>,
): Promise<T> {
  const key = keyOf(access);
  const session = takeKept(key) ?? (await openSession(access, egress));
  const deadline = setTimeout(() => session.client.close(), pageMs);
  try {
    const result = await work(session);
    keep(key, session);
    return result;
  } catch (err) {
    session.client.close();
    throw err;
  } finally {
    clearTimeout(deadline);
  }
}

function takeKept(key: string): ImapSession | null {
  const sessions = kept.get(key) ?? [];
  const found = sessions.shift();
  if (sessions.length === 0) kept.delete(key);
  if (found === undefined) return null;
  clearTimeout(found.timer);
  return found.session.client.usable ? found.session : takeKept(key);
}

function keep(key: string, session: ImapSession): void {
  const timer = setTimeout(() => {
    const left = (kept.get(key) ?? []).filter((one) => one.session !== session);
    if (left.length === 0) kept.delete(key);
    else kept.set(key, left);
    session.client.close();
  }, keptMs).unref();
  kept.set(key, [...(kept.get(key) ?? []), { session, timer }]);
}

async function openSession({ settings, password }: MailboxAccess, egress: Egress): Promise<ImapSession> {
  const isSecure = settings.secure ?? true;
  const port = settings.port ?? (isSecure ? 993 : 143);
  const route = egress.routeTo(settings.host, port);
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: settings.host,
    port,
    secure: isSecure,
    // What is not encrypted shows the password: only to a host that the operator named.
    ...(isSecure || route.isNamed ? {} : { doSTARTTLS: true }),
    tls: { lookup: route.lookup },
    auth: { user: settings.user, pass: password },
    clientInfo: { name: 'Kith' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: pageMs,
    maxLiteralSize: mailBytesMax,
    maxResponseSize: 2 * mailBytesMax,
    maxLineLength: mailBytesMax,
  });
  // Whoever waits for the connection hears of it; without a listener it would end the process.
  client.on('error', () => {});
  const close = (): void => client.close();
  route.closing.addEventListener('abort', close, { once: true });
  client.on('close', () => route.closing.removeEventListener('abort', close));
  return logIn(client, settings);
}

async function logIn(client: ImapFlow, { folders }: ImapSettings): Promise<ImapSession> {
  const deadline = setTimeout(() => client.close(), pageMs);
  try {
    await client.connect();
    const listed = await client.list();
    return {
      client,
      folders: foldersToWalk(listed, folders),
      seen: { walk: '', places: new Map() },
    };
  } catch (err) {
    client.close();
    throw err;
  } finally {
    clearTimeout(deadline);
  }
}

/** The password is part of it, so that a changed one is tried. */
function keyOf(access: MailboxAccess): string {
  return createHash('sha256').update(JSON.stringify(access)).digest('hex');
}
