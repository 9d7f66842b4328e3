import { openIngest, openReaders } from '@kith/ingest';
import { runService } from '@kith/service';
import { whatsappConfig } from './config.ts';
import { whatsappProviders } from './providers/registry.ts';

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
