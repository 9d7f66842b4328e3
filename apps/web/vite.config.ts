import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page becomes static files that `src/main.ts` serves. */
export default defineConfig({
  root: 'src/page',
  plugins: [react()],
  build: {
    outDir: '../../dist/public',
    emptyOutDir: true,
    target: 'es2022',
    // What is inlined as a data: URL escapes the cache and, for anything but images, the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
