import type { Provider } from '@kith/ingest/provider';
import { meta } from './meta.ts';
import { twilio } from './twilio.ts';
import { unipile } from './unipile.ts';

/** Every WhatsApp provider; a new one is a file in this folder and a row here. */
export const whatsappProviders: readonly Provider[] = [meta, twilio, unipile];
