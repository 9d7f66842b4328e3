import { ingestSettings } from '@kith/ingest';
import { serviceSettings } from '@kith/service';
import * as z from 'zod';

/** Everything that `ingest-whatsapp` reads from its environment. */
export const whatsappConfig = z.object({ ...serviceSettings, ...ingestSettings });
