import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  // drizzle-kit bundles the schema itself, from the compiled files: its loader does not know ".ts" in imports.
  schema: './dist/schema/index.js',
  out: './migrations',
  migrations: { prefix: 'timestamp' },
});
