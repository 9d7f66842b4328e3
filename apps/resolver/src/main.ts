import { blobStoreFromConfig } from '@kith/blobs';
import { kithStreams, openBus } from '@kith/bus';
import { isRetryable, migrate, openDatabase } from '@kith/database';
import { createKeyedHash, createSecretBox, runService } from '@kith/service';
import { republishAccounts } from './accounts/republish-accounts.ts';
import { keepSweeping } from './blobs/keep-sweeping.ts';
import { ResolverConfig } from './config.ts';
import { consumeDeliveries } from './consume.ts';
import { createResolverMetrics, registerPending } from './metrics.ts';
import { startRelay } from './outbox/relay.ts';
import { rereadAtStart } from './records/reread-at-start.ts';
import { fillSearchAtStart } from './search/fill-at-start.ts';
import { consumeReplays } from './replay/consume-replays.ts';
import { createResolverApp } from './server.ts';
import { consumeReports } from './sync/consume-reports.ts';
import { tendSyncs } from './sync/tend-syncs.ts';
import { trimInbound } from './trim-inbound.ts';
import { untilDone } from './until-done.ts';

await runService({
  name: 'resolver',
  config: ResolverConfig,
  start: async ({ config, log, metrics, health, signal }) => {
    const db = openDatabase({
      url: config.DATABASE_URL,
      name: 'kith-resolver',
      // A link of somebody who is in 100,000 conversations lists them all on the record at once.
      statementTimeoutMs: 10 * 60_000,
      slowStatements: {
        afterMs: config.KITH_SLOW_STATEMENT_MS,
        report: (slow) => log.warn(slow, 'a statement was slow'),
      },
      onConnectionError: (err) => log.warn({ err }, 'a connection to Postgres died'),
    });
    health.addDependency('postgres', () => db.ping());
    const blobs = blobStoreFromConfig(config);
    health.addDependency('blobs', () => blobs.check());
    const secrets = createSecretBox(config.KITH_SECRET_KEY);

    const hash = createKeyedHash(config.KITH_SECRET_KEY, 'erasure');
    await untilDone('the database is brought to this version', { log, signal, again: isRetryable }, () =>
      migrate(config.DATABASE_URL),
    );
    const bus = await openBus({ url: config.NATS_URL, name: 'kith-resolver', log, signal });
    health.addDependency('nats', () => {
      if (!bus.isConnected()) throw new Error('not connected');
    });
    const declareStreams = () =>
      bus.declareStreams(
        kithStreams({
          receivedBytesMax: config.KITH_RECEIVED_BYTES_MAX,
          inboundBytesMax: config.KITH_INBOUND_BYTES_MAX,
          eventsBytesMax: config.KITH_EVENTS_BYTES_MAX,
        }),
      );
    const prepare = async () => {
      await declareStreams();
      await republishAccounts(db);
    };
    registerPending(metrics, bus);
    const now = () => new Date();
    const trimming = trimInbound({ bus, log, signal });
    const sweeping = keepSweeping({ db, bus, blobs, log, signal, now: () => new Date() });
    const relay = startRelay({ db, bus, log, signal });
    const rereading = rereadAtStart({ db, relay, log, signal, now });
    const filling = fillSearchAtStart({ db, log, signal });
    const { KITH_RECONCILE_EVERY_MS: everyMs, KITH_RECONCILE_WINDOW_MS: windowMs } = config;
    const reports = consumeReports({ db, bus, relay, log, prepare: declareStreams, now }, signal);
    const tending = tendSyncs({ db, bus, relay, log, now, reconcile: { everyMs, windowMs } }, signal);
    const applying = { db, bus, blobs, relay, log, hash, now };
    const replaying = consumeReplays({ ...applying, prepare: declareStreams }, signal);
    const consuming = consumeDeliveries(
      { ...applying, metrics: createResolverMetrics(metrics), prepare },
      signal,
    );

    return {
      ...createResolverApp({ db, relay, secrets, hash, log, metrics, now }),
      stop: async () => {
        await Promise.all([
          consuming,
          replaying,
          reports,
          tending,
          rereading,
          filling,
          trimming,
          sweeping,
          relay.done,
        ]);
        await bus.close();
        await db.close();
      },
    };
  },
});
