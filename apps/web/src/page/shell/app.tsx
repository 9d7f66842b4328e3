/*
 * The page from its configuration to a signed-in workspace. A key that an API refuses leads back to the sign-in,
 * wherever on the page the refusal was met.
 */
import { createKithClient } from '@kith/client';
import { KithProvider } from '@kith/react';
import { FailureNotice } from '@kith/react/parts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { links } from './links.ts';
import { ConfigContext, loadPageConfig, type PageConfig } from './page-config.ts';
import { forgetApiKey, keepApiKey, storedApiKey } from './session.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';
import { useTheme } from './theme.ts';

type Loaded = { config: PageConfig } | { err: unknown };

/** The whole page. */
export function App() {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const load = useCallback(() => {
    loadPageConfig().then(
      (config) => setLoaded({ config }),
      (err: unknown) => setLoaded({ err }),
    );
  }, []);
  useEffect(load, [load]);
  // It is here within milliseconds: an empty page is calmer than a word that flickers.
  if (loaded === null) return null;
  if ('err' in loaded) {
    return (
      <main className="kith failed-page">
        <FailureNotice err={loaded.err} onRetry={load} />
      </main>
    );
  }
  return (
    <ConfigContext value={loaded.config}>
      <Session config={loaded.config} />
    </ConfigContext>
  );
}

function Session({ config }: { config: PageConfig }) {
  const [ownKey, setOwnKey] = useState(storedApiKey);
  const [isRefused, setRefused] = useState(false);
  const { theme } = useTheme();
  const apiKey = ownKey ?? (isRefused ? null : (config.apiKey ?? null));
  const signIn = (key: string) => {
    keepApiKey(key);
    setOwnKey(key);
    setRefused(false);
  };
  const signOut = useCallback((refused: boolean) => {
    forgetApiKey();
    setOwnKey(null);
    setRefused(refused);
  }, []);
  const onRefused = useCallback(() => signOut(true), [signOut]);
  const { queryUrl, resolverUrl } = config;
  const client = useMemo(
    () => (apiKey === null ? null : createKithClient({ queryUrl, resolverUrl, apiKey })),
    [queryUrl, resolverUrl, apiKey],
  );
  if (client === null) return <SignIn isRefused={isRefused} onSignIn={signIn} />;
  return (
    <KithProvider client={client} theme={theme} links={links} onRefused={onRefused}>
      <Shell {...(ownKey === null ? {} : { onSignOut: () => signOut(false) })} />
    </KithProvider>
  );
}
