/*
 * The shell of every process: configuration, log, metrics, health, HTTP, and an orderly end.
 *
 * The HTTP server listens before the service has its resources, so that `/healthz` answers while Postgres or NATS
 * are still away; until then everything else is 503 with Retry-After. SIGTERM, SIGINT, or the loss of the parent
 * that started the process over IPC end it: `stop` runs, with a deadline, and nothing is left behind.
 */
import { Hono } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type * as z from 'zod';
import { ConfigError, loadConfig, printableConfig, type serviceSettings } from './config.ts';
import { createHealth, type Health } from './health.ts';
import { type HttpServer, listen, type NodeHandler } from './http-server.ts';
import { createLog, type Logger } from './log.ts';
import { refusal } from './rest/answer.ts';
import { restBase } from './rest/routes.ts';

/** What a service is given to build itself from. `signal` aborts when the service has to end. */
export interface ServiceContext<C> {
  name: string;
  config: C;
  log: Logger;
  metrics: Registry;
  health: Health;
  signal: AbortSignal;
}

/** What a service is once its resources are open: its routes, and how it ends. */
export interface RunningService {
  app: Hono;
  /** Routes that are served without Hono; asked first. */
  nodeHandler?: NodeHandler;
  stop(): Promise<void>;
}

type ServiceSchema = z.ZodObject<typeof serviceSettings>;

/** A process of Kith: its name, its settings, and how it starts. */
export interface ServiceDefinition<S extends ServiceSchema> {
  name: string;
  config: S;
  start(ctx: ServiceContext<z.infer<S>>): Promise<RunningService>;
}

const stopDeadlineMs = 15_000;

/** Runs the process to its end. Called once, as the last line of a `main.ts`. */
export async function runService<S extends ServiceSchema>(definition: ServiceDefinition<S>): Promise<void> {
  const config = configOrExit(definition);
  const log = createLog({ name: definition.name, level: config.LOG_LEVEL });
  const ending = new AbortController();
  const ended = onEndOfProcess(ending, log);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const health = createHealth();
  let current: RunningService | undefined;
  const shell = createShell({ health, metrics, current: () => current?.app });
  try {
    const server = await listen({
      handler: shell.fetch,
      nodeHandler: (req, res) => current?.nodeHandler?.(req, res) ?? false,
      host: config.HOST,
      port: config.PORT,
    });
    log.info({ url: server.url, config: printableConfig(definition.config, config) }, 'listening');
    const running = await definition.start({
      name: definition.name,
      config,
      log,
      metrics,
      health,
      signal: ending.signal,
    });
    current = running;
    await ended;
    await stopInTime(running, server, log);
  } catch (err) {
    if (!ending.signal.aborted) {
      log.fatal({ err }, 'could not start');
      process.exitCode = 1;
    }
  }
  process.exit();
}

function createShell(parts: { health: Health; metrics: Registry; current: () => Hono | undefined }): Hono {
  const shell = new Hono();
  shell.get('/healthz', (c) => c.json({ alive: true }));
  shell.get('/readyz', async (c) => {
    const report = await parts.health.report();
    const ready = report.ready && parts.current() !== undefined;
    return c.json({ ...report, ready }, ready ? 200 : 503);
  });
  shell.get('/metrics', async (c) =>
    c.text(await parts.metrics.metrics(), 200, { 'content-type': parts.metrics.contentType }),
  );
  shell.all('*', (c) => {
    const app = parts.current();
    if (app !== undefined) return app.fetch(c.req.raw, c.env);
    if (c.req.path.startsWith(`${restBase}/`)) return refusal('unavailable', { requestId: null });
    return c.json({ error: 'unavailable', message: 'the service is starting' }, 503, { 'retry-after': '2' });
  });
  return shell;
}

function onEndOfProcess(ending: AbortController, log: Logger): Promise<void> {
  return new Promise((resolve) => {
    const end = (cause: string) => {
      if (ending.signal.aborted) return;
      log.info({ cause }, 'stopping');
      ending.abort();
      resolve();
    };
    process.on('SIGTERM', () => end('SIGTERM'));
    process.on('SIGINT', () => end('SIGINT'));
    process.on('disconnect', () => end('the parent is gone'));
  });
}

async function stopInTime(running: RunningService, server: HttpServer, log: Logger): Promise<void> {
  const late = setTimeout(() => {
    log.error({ stopDeadlineMs }, 'did not stop in time');
    process.exit(1);
  }, stopDeadlineMs);
  await server.close();
  await running.stop();
  clearTimeout(late);
  log.info('stopped');
}

function configOrExit<S extends ServiceSchema>(definition: ServiceDefinition<S>): z.infer<S> {
  try {
    return loadConfig(definition.config, process.env);
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err;
    process.stderr.write(`${definition.name}: the configuration cannot be used\n${err.message}\n`);
    process.exit(1);
  }
}
