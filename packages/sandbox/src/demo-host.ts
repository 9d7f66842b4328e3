/*
 * What the demo's accounts can be asked for, as their providers have it: the files of chats, and the histories of the
 * accounts at Unipile, which go further back than what was posted. On a miniature host of this process, at a port that
 * the services are allowed to fetch from.
 */
import {
  type HostAccess,
  mailboxAtUnipile,
  hostAccess,
  profileAtUnipile,
  phoneAtUnipile,
} from './accounts.ts';
import type { UnipileApiAccount } from './apis/unipile-told.ts';
import { openProviderHost, type ProviderHost } from './apis/provider-host.ts';
import type { DemoDelivery } from './demo-history.ts';
import type { Mail } from './mail/mail.ts';
import { type ChatAccount, type DemoChat, messagesOf } from './story/demo-chat.ts';
import { unipileAttachmentId } from './senders/unipile-people.ts';
import { metaMediaId } from './senders/whatsapp-ids.ts';

/** The host, and what the accounts are given to ask it. */
export interface DemoHost extends AsyncDisposable {
  access: HostAccess;
  /** Takes in what was just posted, so that it can be asked for as well. */
  remember(delivery: DemoDelivery): void;
  /** Resolves when all files of the chats were fetched, or when `signal` aborts. */
  fetched(signal: AbortSignal): Promise<void>;
}

const atUnipile: Record<Exclude<ChatAccount, 'whatsapp'>, UnipileApiAccount> = {
  noraWhatsapp: phoneAtUnipile,
  linkedin: profileAtUnipile,
};

/** Null when the port is taken: by a demo that plays already, whose host has the same but not its credentials. */
export async function openDemoHost(
  { port, workspaceKey }: { port: number; workspaceKey: string },
  { chats, mails }: { chats: readonly DemoChat[]; mails: readonly Mail[] },
): Promise<DemoHost | null> {
  const access = hostAccess(`http://127.0.0.1:${port}`, workspaceKey);
  const { accessToken, apiKey } = access;
  const host = await openHost({ port, meta: { accessToken }, unipile: { apiKey } });
  if (host === null) return null;
  for (const { account, events } of chats) {
    if (account !== 'whatsapp') host.tellUnipile(atUnipile[account], { chats: events });
  }
  host.tellUnipile(mailboxAtUnipile, { mails });
  const ids = chats.flatMap((demo) => addFiles(host, demo));
  return {
    access,
    remember: (delivery) => remember(host, delivery),
    fetched: (signal) => host.fetched(ids, signal).catch(() => undefined),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

function remember(host: ProviderHost, delivery: DemoDelivery): void {
  if ('mail' in delivery) return host.tellUnipile(mailboxAtUnipile, { mails: [delivery.mail] });
  if ('event' in delivery) host.tellUnipile(atUnipile[delivery.account], { chats: [delivery.event] });
}

async function openHost(options: Parameters<typeof openProviderHost>[0]): Promise<ProviderHost | null> {
  try {
    return await openProviderHost(options);
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'EADDRINUSE') return null;
    throw err;
  }
}

/** Those that webhooks name, which are fetched by themselves. */
function addFiles(host: ProviderHost, demo: DemoChat): string[] {
  return messagesOf(demo).flatMap(({ content }) => {
    if (content.type !== 'file') return [];
    const { file } = content;
    const id = demo.account === 'whatsapp' ? metaMediaId(file.id) : unipileAttachmentId(file.id);
    host.addFile(id, file);
    return [id];
  });
}
