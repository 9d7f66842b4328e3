import type { Provider } from '@kith/ingest/provider';
import { unipile } from './unipile.ts';

/** Every LinkedIn provider; a new one is a file in this folder and a row here. */
export const linkedinProviders: readonly Provider[] = [unipile];
