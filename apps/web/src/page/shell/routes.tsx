/* Which page an address shows. Pages that are not the first to be seen are loaded when they are. */
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { RecordsPage } from '../records/records-page.tsx';

const ConversationPage = lazy(async () => ({
  default: (await import('../conversations/conversation-page.tsx')).ConversationPage,
}));
const ReviewPage = lazy(async () => ({ default: (await import('../review/review-page.tsx')).ReviewPage }));
const ParticipantsPage = lazy(async () => ({
  default: (await import('../participants/participants-page.tsx')).ParticipantsPage,
}));
const AccountsPage = lazy(async () => ({
  default: (await import('../accounts/accounts-page.tsx')).AccountsPage,
}));
const OverviewPage = lazy(async () => ({
  default: (await import('../overview/overview-page.tsx')).OverviewPage,
}));
const HistoryPage = lazy(async () => ({
  default: (await import('../history/history-page.tsx')).HistoryPage,
}));

/** The page of the current address. */
export function Routes() {
  return (
    <Suspense fallback={<div className="page" />}>
      <Switch>
        <Route path="/">{() => <RecordsPage />}</Route>
        <Route path="/records/:recordId">
          {({ recordId }) => <RecordsPage recordId={decode(recordId)} />}
        </Route>
        <Route path="/records/:recordId/conversations/:conversationId/:messageId?">
          {({ recordId, conversationId, messageId }) => (
            <RecordsPage
              recordId={decode(recordId)}
              conversation={{ conversationId: decode(conversationId), ...messageOf(messageId) }}
            />
          )}
        </Route>
        <Route path="/conversations/:conversationId/:messageId?">
          {({ conversationId, messageId }) => (
            <ConversationPage conversationId={decode(conversationId)} {...messageOf(messageId)} />
          )}
        </Route>
        <Route path="/review">{() => <ReviewPage />}</Route>
        <Route path="/participants/:participantId?">
          {({ participantId }) => (
            <ParticipantsPage
              {...(participantId === undefined ? {} : { participantId: decode(participantId) })}
            />
          )}
        </Route>
        <Route path="/accounts/:accountId?">
          {({ accountId }) => (
            <AccountsPage {...(accountId === undefined ? {} : { accountId: decode(accountId) })} />
          )}
        </Route>
        <Route path="/overview">{() => <OverviewPage />}</Route>
        <Route path="/history">{() => <HistoryPage />}</Route>
        <Route>{() => <Redirect to="/" replace />}</Route>
      </Switch>
    </Suspense>
  );
}

const messageOf = (messageId: string | undefined) =>
  messageId === undefined ? {} : { messageId: decode(messageId) };

/** What somebody typed into the address need not be well-formed. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
