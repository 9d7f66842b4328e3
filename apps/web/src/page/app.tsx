/*
 * The page from its configuration to a signed-in workspace. A key that an API refuses leads back to the sign-in,
 * wherever on the page the refusal was met.
 */
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { KithProvider } from './kith.tsx';
import { loadPageConfig, type PageConfig } from './page-config.ts';
import { createQueryClient } from './query-client.ts';
import { forgetApiKey, keepApiKey, storedApiKey } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { FailureNotice, LoadingNotice } from './notices.tsx';
import { Workspace } from './workspace.tsx';

/** The whole page. */
export function App() {
  const config = useQuery({ queryKey: ['config'], queryFn: loadPageConfig, staleTime: Infinity });
  if (config.isPending) return <LoadingNotice what="the page" />;
  if (config.isError) return <FailureNotice err={config.error} onRetry={() => void config.refetch()} />;
  return <Session config={config.data} />;
}

function Session({ config }: { config: PageConfig }) {
  const [ownKey, setOwnKey] = useState(storedApiKey);
  const [isRefused, setRefused] = useState(false);
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
  if (apiKey === null) return <SignIn isRefused={isRefused} onSignIn={signIn} />;
  return (
    <SignedIn
      key={apiKey}
      config={config}
      apiKey={apiKey}
      onRefused={() => signOut(true)}
      {...(ownKey === null ? {} : { onSignOut: () => signOut(false) })}
    />
  );
}

function SignedIn(props: {
  config: PageConfig;
  apiKey: string;
  onRefused: () => void;
  onSignOut?: () => void;
}) {
  const { queryUrl, resolverUrl } = props.config;
  const api = useMemo(
    () => ({ queryUrl, resolverUrl, apiKey: props.apiKey }),
    [queryUrl, resolverUrl, props.apiKey],
  );
  // One cache for each key: what one workspace has shown is never shown to the next.
  const [queryClient] = useState(() => createQueryClient({ onRefused: props.onRefused }));
  return (
    <QueryClientProvider client={queryClient}>
      <KithProvider api={api}>
        <Workspace {...(props.onSignOut === undefined ? {} : { onSignOut: props.onSignOut })} />
      </KithProvider>
    </QueryClientProvider>
  );
}
