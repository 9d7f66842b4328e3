/*
 * Puts an ingest service together: NATS, the blob store, the accounts, and the webhook routes over them.
 *
 * The service is ready when NATS is connected, the blob store takes writes and the accounts were read once. It
 * answers all the while: what cannot be made durable is a 503.
 */
import { randomUUID } from 'node:crypto';
import { type BlobStore, blobStoreFromConfig } from '@kith/blobs';
import { type Bus, openBus } from '@kith/bus';
import type { Channel } from '@kith/contracts';
import { createSecretBox, type RunningService, type ServiceContext } from '@kith/service';
import { followAccounts } from './accounts.ts';
import { createInFlight } from './in-flight.ts';
import { createIngestMetrics } from './metrics.ts';
import type { Provider } from './provider.ts';
import type { IngestConfig } from './settings.ts';
import { createWebhookServer } from './webhook-server.ts';

/** What makes an ingest service this one. */
export interface IngestOptions {
  channel: Channel;
  providers: readonly Provider[];
  /** Milliseconds since 1970; the system's clock unless given. */
  now?: () => number;
}

/** Opens everything; resolves when NATS is there. Throws with what to do when a setting cannot be used. */
export async function openIngest(
  ctx: ServiceContext<IngestConfig>,
  options: IngestOptions,
): Promise<RunningService> {
  const { config, log, signal, health } = ctx;
  assertLimits(config);
  const secrets = createSecretBox(config.KITH_SECRET_KEY);
  const blobs = blobStoreFromConfig(config);
  health.addDependency('blobs', () => blobs.check());
  const bus = await openBus({ url: config.NATS_URL, name: ctx.name, log, signal });
  health.addDependency('nats', () => assertConnected(bus));
  const providers = new Map(options.providers.map((provider) => [provider.name as string, provider]));
  const accounts = followAccounts({ bus, channel: options.channel, providers, secrets, log, signal });
  health.addDependency('accounts', () => accounts.check());
  const inFlight = createInFlight({
    countMax: config.KITH_IN_FLIGHT_MAX,
    bytesMax: config.KITH_IN_FLIGHT_BYTES_MAX,
  });
  const app = createWebhookServer({
    channel: options.channel,
    providers,
    accounts,
    bus,
    blobs,
    inFlight,
    limits: { bytesMax: config.KITH_BODY_BYTES_MAX, idleMs: config.KITH_BODY_IDLE_MS },
    metrics: createIngestMetrics([ctx.metrics], inFlight),
    log,
    now: options.now ?? (() => Date.now()),
    newId: randomUUID,
  });
  return { app, stop: () => stop(bus, blobs) };
}

async function stop(bus: Bus, blobs: BlobStore): Promise<void> {
  await bus.close();
  blobs.close();
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
