/*
 * The mutations by their names. The type of the whole is written down by its parts: an inferred one would be copied out
 * into one declaration, without the comments that an editor shows to who calls a procedure.
 */
import { router } from '@kith/service';
import { workspaceRouter } from './maintenance.ts';
import type { ApiParts } from './context.ts';
import { deadLettersRouter } from './dead-letters.ts';
import { participantsRouter } from './participants.ts';
import { peopleRouter } from './people.ts';
import { pipelinesRouter, recordsRouter } from './records.ts';
import { reviewRouter } from './review.ts';
import { teamRouter } from './team.ts';
import { accountsRouter, keysRouter } from './workspace.ts';

/** The groups of mutations. */
type Routes = {
  pipelines: ReturnType<typeof pipelinesRouter>;
  records: ReturnType<typeof recordsRouter>;
  participants: ReturnType<typeof participantsRouter>;
  review: ReturnType<typeof reviewRouter>;
  accounts: ReturnType<typeof accountsRouter>;
  deadLetters: ReturnType<typeof deadLettersRouter>;
  team: ReturnType<typeof teamRouter>;
  keys: ReturnType<typeof keysRouter>;
  workspace: ReturnType<typeof workspaceRouter>;
  people: ReturnType<typeof peopleRouter>;
};

/** The type that clients import; nothing of the implementation comes with it. */
export type ResolverRouter = ReturnType<typeof router<Routes>>;

/** Every mutation. */
export const createResolverRouter = (parts: ApiParts): ResolverRouter =>
  router({
    pipelines: pipelinesRouter(parts),
    records: recordsRouter(parts),
    participants: participantsRouter(parts),
    review: reviewRouter(parts),
    accounts: accountsRouter(parts),
    deadLetters: deadLettersRouter(parts),
    team: teamRouter(parts),
    keys: keysRouter(parts),
    workspace: workspaceRouter(parts),
    people: peopleRouter(parts),
  });
