/*
 * The files of the demo's chats, which the ingest services fetch as from the providers: on a miniature host of this
 * process, at a port that the services are allowed to fetch from.
 */
import { type MediaAccess, newMediaAccess } from './accounts.ts';
import type { DemoChat } from './story/demo-chat.ts';
import { messagesOf } from './story/demo-chat.ts';
import { type MediaHost, openMediaHost } from './media/media-host.ts';
import { unipileAttachmentId } from './senders/unipile-people.ts';
import { metaMediaId } from './senders/whatsapp-ids.ts';

/** The files, and what they are fetched with. */
export interface DemoMedia extends AsyncDisposable {
  access: MediaAccess;
  /** Resolves when all files were fetched, or when `signal` aborts. */
  fetched(signal: AbortSignal): Promise<void>;
}

/** Null when the port is taken: by a demo that plays already, whose files are the same but not its credentials. */
export async function openDemoMedia(port: number, chats: readonly DemoChat[]): Promise<DemoMedia | null> {
  const access = newMediaAccess(`http://127.0.0.1:${port}`);
  const { accessToken, apiKey } = access;
  const host = await openHost({ port, meta: { accessToken }, unipile: { apiKey } });
  if (host === null) return null;
  const ids = chats.flatMap((demo) => addFiles(host, demo));
  return {
    access,
    fetched: (signal) => host.fetched(ids, signal).catch(() => undefined),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

async function openHost(options: Parameters<typeof openMediaHost>[0]): Promise<MediaHost | null> {
  try {
    return await openMediaHost(options);
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'EADDRINUSE') return null;
    throw err;
  }
}

function addFiles(host: MediaHost, demo: DemoChat): string[] {
  return messagesOf(demo).flatMap(({ content }) => {
    if (content.type !== 'file') return [];
    const { file } = content;
    const id = demo.account === 'whatsapp' ? metaMediaId(file.id) : unipileAttachmentId(file.id);
    host.addFile(id, file);
    return [id];
  });
}
