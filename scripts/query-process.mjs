/* The built query service as a process of its own, for what measures it. */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from './service-process.mjs';

/** Starts it, and answers when it is ready. */
export function startQuery({ databaseUrl, natsUrl }) {
  return startService('query', {
    DATABASE_URL: databaseUrl,
    NATS_URL: natsUrl,
    KITH_SECRET_KEY: randomBytes(32).toString('base64'),
    // No file is asked for.
    KITH_BLOB_DIR: join(tmpdir(), 'kith-bench-no-blobs'),
    KITH_SLOW_STATEMENT_MS: '0',
  });
}
