import { ingestSettings } from '@kith/ingest';
import { serviceSettings } from '@kith/service';
import * as z from 'zod';

/** Everything that `ingest-email` reads from its environment. */
export const emailConfig = z.object({
  ...serviceSettings,
  ...ingestSettings,
  KITH_SNS_CERTIFICATES_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder with signing certificates of Amazon SNS as PEM files, each named as in its SigningCertURL: for hosts that cannot fetch them. What it does not hold is fetched.',
    ),
});
