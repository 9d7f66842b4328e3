import { normalizeWhatsApp } from '@kith/identity';
import { openIngest, openReaders } from '@kith/ingest';
import { runService } from '@kith/service';
import { whatsappConfig } from './config.ts';
import { whatsappProviders } from './providers/registry.ts';

// The first number opens a library, which takes as long as hundreds of webhooks: now, before there are any.
normalizeWhatsApp('+15550100000');

await runService({
  name: 'ingest-whatsapp',
  config: whatsappConfig,
  start: (ctx) => {
    const readers = openReaders({
      ...ctx,
      providers: whatsappProviders,
      threadFile: new URL('./read-body.js', import.meta.url),
      inlineBytesMax: 64 * 1024,
    });
    return openIngest(ctx, { channel: 'whatsapp', providers: whatsappProviders, readers });
  },
});
