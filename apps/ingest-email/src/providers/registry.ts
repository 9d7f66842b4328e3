import type { Provider } from '@kith/ingest/provider';
import { mime } from './mime.ts';
import { postmark } from './postmark.ts';

/** Every email provider; a new one is a file in this folder and a row here. */
export const emailProviders: readonly Provider[] = [mime, postmark];
