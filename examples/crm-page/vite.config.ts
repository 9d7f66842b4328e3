import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Tells the page where the stack is that `npm start` runs, as the host's server would. Only on this machine. */
const localKith: Plugin = {
  name: 'local-kith',
  configureServer(server) {
    server.middlewares.use('/kith.json', (_, res) => {
      const local = JSON.parse(readFileSync(new URL('../../.kith/local.json', import.meta.url), 'utf8')) as {
        apiKey: string;
        urls: { query: string; resolver: string };
      };
      res.setHeader('content-type', 'application/json');
      res.end(
        JSON.stringify({
          queryUrl: local.urls.query,
          resolverUrl: local.urls.resolver,
          apiKey: local.apiKey,
        }),
      );
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), localKith],
  server: { host: '127.0.0.1', port: 4430 },
  build: { outDir: '../dist/crm-page', emptyOutDir: true, target: 'es2022' },
});
