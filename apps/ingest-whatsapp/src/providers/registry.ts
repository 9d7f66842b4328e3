import type { Provider } from '@kith/ingest/provider';

/** Every WhatsApp provider; a new one is a file in this folder and a row here. */
export const whatsappProviders: readonly Provider[] = [];
