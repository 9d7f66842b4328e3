import { ingestSettings } from '@kith/ingest';
import { serviceSettings } from '@kith/service';
import * as z from 'zod';

/** Everything that `ingest-email` reads from its environment. */
export const emailConfig = z.object({ ...serviceSettings, ...ingestSettings });
