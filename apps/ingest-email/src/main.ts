import { openIngest, openReaders } from '@kith/ingest';
import { runService } from '@kith/service';
import { emailConfig } from './config.ts';
import { emailProviders } from './providers/registry.ts';

await runService({
  name: 'ingest-email',
  config: emailConfig,
  start: (ctx) => {
    // Mail is the one input that can be as hard to read as a stranger likes: none is read outside of a thread.
    const readers = openReaders({
      ...ctx,
      providers: emailProviders,
      threadFile: new URL('./read-body.js', import.meta.url),
      inlineBytesMax: 0,
    });
    return openIngest(ctx, { channel: 'email', providers: emailProviders, readers });
  },
});
