/*
 * The hosts of providers in miniature, on 127.0.0.1: what webhooks leave out is fetched from here, as from the
 * providers, with the account's credentials.
 *
 * The host can be told to fail as providers do, so many times and then no more, and it remembers what it was asked.
 */
import type { HostCredentials } from './host-part.ts';
import { type HostServer, openHostServer } from './host-server.ts';
import { createMediaShelf, type MediaShelf } from './media-shelf.ts';

/** A host that runs; its `url` is what accounts are given as `baseUrl`. */
export interface MediaHost extends HostServer, MediaShelf {}

/** Listens on 127.0.0.1; rejects when the port is taken. Port 0 is any free one. */
export async function openMediaHost({
  port = 0,
  ...credentials
}: { port?: number } & HostCredentials = {}): Promise<MediaHost> {
  const { shelf, serve } = createMediaShelf();
  const server = await openHostServer(port, (request) => serve({ ...request, credentials }));
  return { ...shelf, ...server };
}
