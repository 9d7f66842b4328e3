import { openIngest } from '@kith/ingest';
import { runService } from '@kith/service';
import { emailConfig } from './config.ts';
import { openMailParser } from './mail/mail-parser.ts';
import { emailProviders } from './providers/registry.ts';

await runService({
  name: 'ingest-email',
  config: emailConfig,
  start: async (ctx) => {
    const parser = openMailParser({
      workerFile: new URL('./mail/parse-mail.js', import.meta.url),
      threads: ctx.config.KITH_PARSE_THREADS,
      deadlineMs: ctx.config.KITH_PARSE_DEADLINE_MS,
      waitMs: ctx.config.KITH_PARSE_WAIT_MS,
      memoryMb: ctx.config.KITH_PARSE_MEMORY_MB,
    });
    const providers = emailProviders.map((provider) => provider.withParser(parser));
    const ingest = await openIngest(ctx, { channel: 'email', providers });
    return {
      app: ingest.app,
      stop: async () => {
        await ingest.stop();
        await parser.close();
      },
    };
  },
});
