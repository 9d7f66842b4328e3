import { BusUnavailable } from '@kith/bus';
import { authenticateKey, type Database, isRetryable } from '@kith/database';
import { type Api, type ApiOptions, createApi, type Cursors } from '@kith/service';
import { about } from './about.ts';
import { createFilesApp } from './files/serve-files.ts';
import { createQueryRouter } from './router.ts';
import { shareAnswers } from './share-answers.ts';
import type { Sources } from './sources.ts';

/** The routes of the query service. */
export function createQueryApp(
  parts: Sources & { db: Database; cursors: Cursors; metrics: ApiOptions['metrics'] },
): Api {
  const api = createApi({
    router: createQueryRouter(parts),
    about,
    log: parts.log,
    metrics: parts.metrics,
    database: parts.db,
    cursors: parts.cursors,
    authenticate: shareAnswers((apiKey: string) => authenticateKey(parts.db, apiKey)),
    isUnavailable: (err) => isRetryable(err) || err instanceof BusUnavailable,
  });
  api.app.route('/', createFilesApp(parts));
  return api;
}
