import { ingestSettings } from '@kith/ingest';
import { serviceSettings } from '@kith/service';
import * as z from 'zod';

/** Everything that `ingest-linkedin` reads from its environment. */
export const linkedinConfig = z.object({ ...serviceSettings, ...ingestSettings });
