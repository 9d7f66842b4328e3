/*
 * Puts an ingest service together: NATS, the blob store, the accounts, the webhook routes, and behind them the reading
 * of what was answered, the fetching of files, and of the past.
 *
 * The service is ready when NATS is connected, the blob store takes writes and the accounts were read once. It
 * answers all the while: what cannot be made durable is a 503.
 */
import { randomUUID } from 'node:crypto';
import { blobStoreFromConfig } from '@kith/blobs';
import { type Bus, openBus } from '@kith/bus';
import type { Channel } from '@kith/contracts';
import { createSecretBox, type RunningService, type ServiceContext } from '@kith/service';
import { Hono } from 'hono';
import { followAccounts } from './accounts.ts';
import { createInFlight } from './answer/in-flight.ts';
import { createKeeper } from './answer/keep.ts';
import { refusals } from './answer/outcome.ts';
import { createWebhookServer } from './answer/webhook-server.ts';
import { syncHistory } from './history/sync-history.ts';
import { createIngestMetrics } from './metrics.ts';
import { allowedHosts, openEgress } from './open-egress.ts';
import type { Provider } from './provider.ts';
import { replayBodies } from './replay/replay-bodies.ts';
import type { IngestConfig } from './settings.ts';
import { fetchMedia } from './work/fetch-media.ts';
import { readReceived } from './work/read-received.ts';
import type { Readers } from './work/readers.ts';

/** What makes an ingest service this one. */
export interface IngestOptions {
  channel: Channel;
  providers: readonly Provider[];
  readers: Readers;
  /** Milliseconds since 1970; the system's clock unless given. */
  now?: () => number;
}

/** Opens everything; resolves when NATS is there. Throws with what to do when a setting cannot be used. */
export async function openIngest(
  ctx: ServiceContext<IngestConfig>,
  options: IngestOptions,
): Promise<RunningService> {
  const { config, log, signal, health } = ctx;
  const { channel, readers } = options;
  assertLimits(config);
  const secrets = createSecretBox(config.KITH_SECRET_KEY);
  const egress = openEgress({ allowed: allowedHosts(config.KITH_EGRESS_ALLOW) });
  const blobs = blobStoreFromConfig(config);
  health.addDependency('blobs', () => blobs.check());
  const bus = await openBus({ url: config.NATS_URL, name: ctx.name, log, signal });
  health.addDependency('nats', () => assertConnected(bus));
  const providers = new Map(options.providers.map((provider) => [provider.name as string, provider]));
  const accounts = followAccounts({ bus, channel, providers, secrets, tools: { egress }, log, signal });
  health.addDependency('accounts', () => accounts.check());
  const inFlight = createInFlight({
    countMax: config.KITH_IN_FLIGHT_MAX,
    bytesMax: config.KITH_IN_FLIGHT_BYTES_MAX,
  });
  const metrics = createIngestMetrics([ctx.metrics], inFlight);
  const keeper = createKeeper({ channel, bus, blobs });
  const work = { channel, bus, blobs, accounts, metrics, log };
  const reading = readReceived({ ...work, readers, keeper, inFlight }, signal);
  const fetching = fetchMedia(work, signal);
  const syncing = syncHistory({ ...work, readers, now: () => new Date() }, signal);
  const replaying = replayBodies({ ...work, providers, readers }, signal);
  return {
    app: createOtherRoutes(),
    nodeHandler: createWebhookServer({
      providers,
      accounts,
      keeper,
      inFlight,
      metrics,
      log,
      limits: { bytesMax: config.KITH_BODY_BYTES_MAX, idleMs: config.KITH_BODY_IDLE_MS },
      publicUrl: config.KITH_PUBLIC_URL,
      now: options.now ?? (() => Date.now()),
      newId: randomUUID,
    }),
    stop: async () => {
      await Promise.all([reading.done, fetching.done, syncing.done, replaying.done]);
      await readers.close();
      await bus.close();
      await egress.close();
      blobs.close();
    },
  };
}

function createOtherRoutes(): Hono {
  const app = new Hono();
  app.notFound((c) => c.json({ error: 'not_a_post', message: refusals.not_a_post.message }, 404));
  return app;
}

function assertLimits(config: IngestConfig): void {
  if (config.KITH_IN_FLIGHT_BYTES_MAX >= config.KITH_BODY_BYTES_MAX) return;
  throw new Error(
    'KITH_IN_FLIGHT_BYTES_MAX must be at least KITH_BODY_BYTES_MAX, or the largest body never fits',
  );
}

function assertConnected(bus: Bus): void {
  if (!bus.isConnected()) throw new Error('not connected');
}
