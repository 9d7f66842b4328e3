import { FailureNotice, linkKeys, StaleBanner, useRead, useWorkspaceEvents } from '@kith/react/parts';
import { useQuery } from '@tanstack/react-query';
import { WholeAccounting } from '../accounts/whole-accounting.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { ByChannel, Figures } from './figures.tsx';
import { MessagesSection } from './messages-section.tsx';

/** Followed by asking: a browser holds few connections to a server, and a subscription keeps one for itself. */
const pollMs = 15_000;

/** The workspace in numbers. */
export function OverviewPage() {
  usePageTitle('Overview');
  useWorkspaceEvents('accounts');
  const read = useRead();
  const overview = useQuery({
    queryKey: linkKeys.overview,
    queryFn: ({ signal }) => read.stats.overview.query({}, { signal }),
    refetchInterval: pollMs,
  });
  return (
    <div className="page overview-page">
      <h1>Overview</h1>
      {overview.isRefetchError && <StaleBanner err={overview.error} />}
      {overview.isLoadingError ? (
        <FailureNotice err={overview.error} onRetry={() => void overview.refetch()} />
      ) : (
        <Figures overview={overview.data} />
      )}
      <MessagesSection />
      {!overview.isLoadingError && <ByChannel overview={overview.data} />}
      <WholeAccounting />
    </div>
  );
}
