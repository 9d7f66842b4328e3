import type { Provider } from '@kith/ingest/provider';

/** Every LinkedIn provider; a new one is a file in this folder and a row here. */
export const linkedinProviders: readonly Provider[] = [];
