import { openIngest, openReaders } from '@kith/ingest';
import { runService } from '@kith/service';
import { linkedinConfig } from './config.ts';
import { linkedinProviders } from './providers/registry.ts';

await runService({
  name: 'ingest-linkedin',
  config: linkedinConfig,
  start: (ctx) => {
    const readers = openReaders({
      ...ctx,
      providers: linkedinProviders,
      threadFile: new URL('./read-body.js', import.meta.url),
      inlineBytesMax: 64 * 1024,
    });
    return openIngest(ctx, { channel: 'linkedin', providers: linkedinProviders, readers });
  },
});
