import { router } from '@kith/service';
import { accountsApi } from './api/accounts.ts';
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

/** Every read of Kith, answered from the given sources. */
export function createQueryRouter(sources: Sources) {
  return router({
    records: recordsApi(sources),
    conversations: conversationsApi(sources),
    messages: messagesApi(sources),
    participants: participantsApi(sources),
    review: reviewApi(sources),
    deliveries: deliveriesApi(sources),
    accounts: accountsApi(sources),
    sync: syncApi(sources),
    team: teamApi(sources),
    stats: statsApi(sources),
    workspace: workspaceApi(sources),
  });
}

/** What the typed client is made from. */
export type QueryRouter = ReturnType<typeof createQueryRouter>;
