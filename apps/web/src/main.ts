import { fileURLToPath } from 'node:url';
import { runService } from '@kith/service';
import { WebSettings } from './config.ts';
import { createWebApp } from './server.ts';
import { loadStaticFiles } from './static-files.ts';

await runService({
  name: 'web',
  config: WebSettings,
  start: async ({ config }) => {
    const files = await loadStaticFiles(fileURLToPath(new URL('public', import.meta.url)));
    return { app: createWebApp({ config, files }), stop: async () => {} };
  },
});
