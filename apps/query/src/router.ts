/*
 * The reads by their names. The type of the whole is written down by its parts: an inferred one would be copied out into
 * one declaration, without the comments that an editor shows to who calls a procedure.
 */
import { router } from '@kith/service';
import { accountsApi } from './api/accounts.ts';
import { attachmentsApi } from './api/attachments.ts';
import { historyApi } from './api/history.ts';
import { pipelinesApi } from './api/pipelines.ts';
import { conversationsApi } from './api/conversations.ts';
import { deliveriesApi } from './api/deliveries.ts';
import { messagesApi } from './api/messages.ts';
import { participantsApi } from './api/participants.ts';
import { recordsApi } from './api/records.ts';
import { reviewApi } from './api/review.ts';
import { statsApi } from './api/stats.ts';
import { syncApi } from './api/sync.ts';
import { teamApi } from './api/team.ts';
import { workspaceApi } from './api/workspace.ts';
import type { Sources } from './sources.ts';

/** The groups of reads. */
type Routes = {
  records: ReturnType<typeof recordsApi>;
  conversations: ReturnType<typeof conversationsApi>;
  messages: ReturnType<typeof messagesApi>;
  attachments: ReturnType<typeof attachmentsApi>;
  participants: ReturnType<typeof participantsApi>;
  review: ReturnType<typeof reviewApi>;
  history: ReturnType<typeof historyApi>;
  pipelines: ReturnType<typeof pipelinesApi>;
  deliveries: ReturnType<typeof deliveriesApi>;
  accounts: ReturnType<typeof accountsApi>;
  sync: ReturnType<typeof syncApi>;
  team: ReturnType<typeof teamApi>;
  stats: ReturnType<typeof statsApi>;
  workspace: ReturnType<typeof workspaceApi>;
};

/** What the typed client is made from. */
export type QueryRouter = ReturnType<typeof router<Routes>>;

/** Every read of Kith, answered from the given sources. */
export function createQueryRouter(sources: Sources): QueryRouter {
  return router({
    records: recordsApi(sources),
    conversations: conversationsApi(sources),
    messages: messagesApi(sources),
    attachments: attachmentsApi(sources),
    participants: participantsApi(sources),
    review: reviewApi(sources),
    history: historyApi(sources),
    pipelines: pipelinesApi(sources),
    deliveries: deliveriesApi(sources),
    accounts: accountsApi(sources),
    sync: syncApi(sources),
    team: teamApi(sources),
    stats: statsApi(sources),
    workspace: workspaceApi(sources),
  });
}
