import { router } from '@kith/service';
import { workspaceRouter } from './maintenance.ts';
import type { ApiParts } from './context.ts';
import { participantsRouter } from './participants.ts';
import { peopleRouter } from './people.ts';
import { pipelinesRouter, recordsRouter } from './records.ts';
import { reviewRouter } from './review.ts';
import { teamRouter } from './team.ts';
import { accountsRouter, keysRouter } from './workspace.ts';

/** Every mutation. */
export const createResolverRouter = (parts: ApiParts) =>
  router({
    pipelines: pipelinesRouter(parts),
    records: recordsRouter(parts),
    participants: participantsRouter(parts),
    review: reviewRouter(parts),
    accounts: accountsRouter(parts),
    team: teamRouter(parts),
    keys: keysRouter(parts),
    workspace: workspaceRouter(parts),
    people: peopleRouter(parts),
  });

/** The type that clients import; nothing of the implementation comes with it. */
export type ResolverRouter = ReturnType<typeof createResolverRouter>;
