/**
 * The services of a stack, a row each: what runs, on which port, with exactly which settings. A service
 * refuses settings it does not know, so nothing is passed on that a row does not name.
 * Rows stand in dependency order; a stack stops them in the opposite one.
 */

/** What the rows take their settings from. */
export interface StackSettings {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly secretKey: string;
  readonly blobDir: string;
  /** `host:port` of the demo's files, which lie on this machine: only named ones may be fetched from there. */
  readonly demoMedia: string;
  /** Key of the local workspace, for the web app of this machine only. */
  readonly apiKey: string;
  /** URL of each service by its name. */
  readonly urls: Readonly<Record<string, string>>;
}

export interface ServiceRow {
  readonly name: string;
  /** The compiled program, relative to the checkout. */
  readonly entry: string;
  /** Added to the base port. */
  readonly portOffset: number;
  /** What the service is called in `.kith/local.json`. */
  readonly urlKey: string;
  readonly env: (stack: StackSettings) => Record<string, string>;
  /** What it takes from the environment of the stack besides, where it is set there. */
  readonly inherits?: readonly string[];
}

const gibibyte = String(1024 ** 3);
const halfGibibyte = String(1024 ** 3 / 2);

export const SERVICES: readonly ServiceRow[] = [
  {
    name: 'resolver',
    entry: 'apps/resolver/dist/main.js',
    portOffset: 2,
    urlKey: 'resolver',
    env: (stack) => ({
      DATABASE_URL: stack.databaseUrl,
      NATS_URL: stack.natsUrl,
      KITH_SECRET_KEY: stack.secretKey,
      KITH_BLOB_DIR: stack.blobDir,
      // NATS reserves these on the disk, and a laptop's may be nearly full.
      KITH_RECEIVED_BYTES_MAX: halfGibibyte,
      KITH_INBOUND_BYTES_MAX: gibibyte,
      KITH_EVENTS_BYTES_MAX: gibibyte,
    }),
  },
  {
    name: 'query',
    entry: 'apps/query/dist/main.js',
    portOffset: 1,
    urlKey: 'query',
    env: (stack) => ({
      DATABASE_URL: stack.databaseUrl,
      NATS_URL: stack.natsUrl,
      KITH_SECRET_KEY: stack.secretKey,
      KITH_BLOB_DIR: stack.blobDir,
    }),
  },
  ingest({
    name: 'ingest-email',
    portOffset: 11,
    urlKey: 'ingestEmail',
    inherits: ['KITH_SNS_CERTIFICATES_DIR'],
  }),
  ingest({
    name: 'ingest-whatsapp',
    portOffset: 12,
    urlKey: 'ingestWhatsapp',
    inherits: ['KITH_PUBLIC_URL'],
  }),
  ingest({ name: 'ingest-linkedin', portOffset: 13, urlKey: 'ingestLinkedin' }),
  {
    name: 'web',
    entry: 'apps/web/dist/main.js',
    portOffset: 0,
    urlKey: 'web',
    env: (stack) => ({
      KITH_QUERY_URL: stack.urls['query'] ?? '',
      KITH_RESOLVER_URL: stack.urls['resolver'] ?? '',
      KITH_WEBHOOKS_EMAIL_URL: stack.urls['ingestEmail'] ?? '',
      KITH_WEBHOOKS_WHATSAPP_URL: stack.urls['ingestWhatsapp'] ?? '',
      KITH_WEBHOOKS_LINKEDIN_URL: stack.urls['ingestLinkedin'] ?? '',
      KITH_WEB_API_KEY: stack.apiKey,
    }),
  },
];

/** The ingest services differ in their channel only. */
function ingest(row: Omit<ServiceRow, 'entry' | 'env'>): ServiceRow {
  return {
    ...row,
    entry: `apps/${row.name}/dist/main.js`,
    env: (stack) => ({
      NATS_URL: stack.natsUrl,
      KITH_SECRET_KEY: stack.secretKey,
      KITH_BLOB_DIR: stack.blobDir,
      KITH_EGRESS_ALLOW: [stack.demoMedia, process.env['KITH_EGRESS_ALLOW'] ?? ''].join(','),
    }),
  };
}
