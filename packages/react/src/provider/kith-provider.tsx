/*
 * What every component of Kith needs above it: the client, the addresses of the host's pages, a cache of its own, and
 * the place where decisions can be taken back.
 *
 * The cache is not the host's: a host that uses TanStack Query too keeps its own, and one key's answers are never shown
 * to the next. All styles hang below the element rendered here (`.kith`), which has no box of its own.
 */
import { PortalContext } from '@ariakit/react';
import type { KithClient } from '@kith/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { KithContext, type KithLinks, type Newcomer } from './kith-context.ts';
import { createQueryClient } from './query-client.ts';
import { Undoing } from './undoing.tsx';

/** Light, dark, or as the device has it. */
export type Theme = 'light' | 'dark' | 'system';

export interface KithProviderProps {
  /** Made with `createKithClient`; another client shows another workspace. */
  client: KithClient;
  theme?: Theme;
  /** Where the host's own pages are; what is left out is shown in place. */
  links?: KithLinks;
  /**
   * Makes a record in the CRM for somebody who has none, and resolves with its id. Left out, Kith makes a record of its
   * own in the workspace's first pipeline that has a field for the identifier.
   */
  createRecord?: (newcomer: Newcomer) => Promise<string>;
  /** Hears of a key that is not accepted. */
  onRefused?: () => void;
  children: ReactNode;
}

/**
 * Gives Kith's components what they need.
 *
 * @example
 * ```tsx
 * import '@kith/react/styles.css';
 * const client = createKithClient({ queryUrl, resolverUrl, apiKey });
 *
 * <KithProvider client={client}>
 *   <RecordTimeline recordId="93" />
 * </KithProvider>
 * ```
 */
export function KithProvider(props: KithProviderProps) {
  // What belongs to one key goes with it: the cache, and what could still be undone.
  return <KeyedProvider key={idOf(props.client)} {...props} />;
}

function KeyedProvider({
  client,
  theme = 'system',
  links,
  createRecord,
  onRefused,
  children,
}: KithProviderProps) {
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const [cache] = useState(() => createQueryClient(onRefused === undefined ? {} : { onRefused }));
  const context = useMemo(
    () => ({ client, links: links ?? {}, createRecord: createRecord ?? null }),
    [client, links, createRecord],
  );
  return (
    <KithContext value={context}>
      <QueryClientProvider client={cache}>
        <div ref={setRoot} className="kith" data-theme={theme}>
          <PortalContext.Provider value={root}>
            <Undoing>{children}</Undoing>
          </PortalContext.Provider>
        </div>
      </QueryClientProvider>
    </KithContext>
  );
}

const ids = new WeakMap<KithClient, number>();
let lastId = 0;

function idOf(client: KithClient): number {
  const known = ids.get(client);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(client, lastId);
  return lastId;
}
