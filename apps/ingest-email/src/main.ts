import { openIngest, openReaders } from '@kith/ingest';
import { runService } from '@kith/service';
import { emailConfig } from './config.ts';
import { createEmailProviders } from './providers/registry.ts';

await runService({
  name: 'ingest-email',
  config: emailConfig,
  start: (ctx) => {
    const providers = createEmailProviders({
      snsCertificatesDir: ctx.config.KITH_SNS_CERTIFICATES_DIR ?? null,
    });
    // Mail is the one input that can be as hard to read as a stranger likes: none is read outside of a thread.
    const readers = openReaders({
      ...ctx,
      providers,
      threadFile: new URL('./read-body.js', import.meta.url),
      inlineBytesMax: 0,
    });
    return openIngest(ctx, { channel: 'email', providers, readers });
  },
});
