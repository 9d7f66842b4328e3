import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { InFlight } from './answer/in-flight.ts';

/** What an ingest service counts. Labels are names we know, never what a request says. */
export interface IngestMetrics {
  answered(provider: string, answer: string): void;
  received(provider: string, bytes: number): void;
  parsed(provider: string, seconds: number): void;
  published(provider: string, kind: string): void;
  /** How a file ended: `fetched`, or why not. */
  fetched(provider: string, end: string): void;
  /** How a page of history ended: `fetched`, or why not. */
  synced(provider: string, end: string): void;
}

/** Registers the metrics of an ingest service. */
export function createIngestMetrics(registers: Registry[], inFlight: InFlight): IngestMetrics {
  const answers = new Counter({
    name: 'kith_webhooks_total',
    help: 'Webhook requests, by provider and answer',
    labelNames: ['provider', 'answer'],
    registers,
  });
  const bytes = new Counter({
    name: 'kith_webhook_bytes_total',
    help: 'Bytes of webhook bodies read, by provider',
    labelNames: ['provider'],
    registers,
  });
  const parse = new Histogram({
    name: 'kith_parse_duration_seconds',
    help: 'Time to parse one webhook body, by provider',
    labelNames: ['provider'],
    registers,
  });
  const items = new Counter({
    name: 'kith_items_published_total',
    help: 'Items published in deliveries, by provider and kind (message, status, ignored, unreadable, …)',
    labelNames: ['provider', 'kind'],
    registers,
  });
  const files = new Counter({
    name: 'kith_files_total',
    help: 'Files that messages named at their provider, by provider and end (fetched, or the failure)',
    labelNames: ['provider', 'end'],
    registers,
  });
  const pages = new Counter({
    name: 'kith_sync_pages_total',
    help: 'Pages of history asked for, by provider and end (fetched, or the reason why not)',
    labelNames: ['provider', 'end'],
    registers,
  });
  gaugeOf(registers, {
    name: 'kith_webhooks_in_flight',
    help: 'Webhook requests in progress',
    read: () => inFlight.count(),
  });
  gaugeOf(registers, {
    name: 'kith_webhooks_in_flight_bytes',
    help: 'Bytes of the webhook bodies in progress',
    read: () => inFlight.bytes(),
  });
  return {
    answered: (provider, answer) => answers.inc({ provider, answer }),
    received: (provider, count) => bytes.inc({ provider }, count),
    parsed: (provider, seconds) => parse.observe({ provider }, seconds),
    published: (provider, kind) => items.inc({ provider, kind }),
    fetched: (provider, end) => files.inc({ provider, end }),
    synced: (provider, end) => pages.inc({ provider, end }),
  };
}

function gaugeOf(registers: Registry[], gauge: { name: string; help: string; read(): number }): Gauge {
  return new Gauge({
    name: gauge.name,
    help: gauge.help,
    registers,
    collect() {
      this.set(gauge.read());
    },
  });
}
