/* What runs inside a reader thread. Nothing outside the thread is touched, so that it can be ended at any moment. */
import { createThreadReader } from '@kith/ingest/reader';
import { emailProviders } from './providers/registry.ts';

/** Reads one body; called by the thread pool. */
export const readBody = createThreadReader(emailProviders);
