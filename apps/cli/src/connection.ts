/*
 * Which Kith a command speaks to: flags first, then the environment, then `.kith/local.json` of the nearest folder
 * upward, which a running stack writes.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createKithClient, type KithClient } from '@kith/client';
import type { Channel } from '@kith/contracts';
import type { Command } from 'commander';
import * as z from 'zod';
import { CliFailure } from './failure.ts';

/** Everything that is known of a Kith; what nobody told is undefined. */
export interface Connection {
  queryUrl: string | undefined;
  resolverUrl: string | undefined;
  ingestEmailUrl: string | undefined;
  ingestWhatsappUrl: string | undefined;
  ingestLinkedinUrl: string | undefined;
  apiKey: string | undefined;
  databaseUrl: string | undefined;
  natsUrl: string | undefined;
  workspace: string | undefined;
  /** All services by name, as `.kith/local.json` has them. */
  urls: Record<string, string>;
  /** The file that was found, and the folder it is in. */
  local: { file: string; folder: string } | null;
}

/** The flags that `withConnection` adds. */
export interface ConnectionFlags {
  queryUrl?: string;
  resolverUrl?: string;
  ingestEmailUrl?: string;
  ingestWhatsappUrl?: string;
  ingestLinkedinUrl?: string;
  apiKey?: string;
}

/** Adds the flags that say which Kith is meant. */
export function withConnection(command: Command): Command {
  return command
    .option('--query-url <url>', 'address of the query service (KITH_QUERY_URL)')
    .option('--resolver-url <url>', 'address of the resolver (KITH_RESOLVER_URL)')
    .option('--ingest-email-url <url>', 'address of the email webhooks (KITH_INGEST_EMAIL_URL)')
    .option('--ingest-whatsapp-url <url>', 'address of the WhatsApp webhooks (KITH_INGEST_WHATSAPP_URL)')
    .option('--ingest-linkedin-url <url>', 'address of the LinkedIn webhooks (KITH_INGEST_LINKEDIN_URL)')
    .option('--api-key <key>', 'API key of the workspace (KITH_API_KEY)');
}

const LocalFile = z.looseObject({
  workspace: z.string().optional(),
  apiKey: z.string(),
  urls: z.record(z.string(), z.string()),
  natsUrl: z.string().optional(),
  databaseUrl: z.string().optional(),
});

/** Gathers what flags, environment and `.kith/local.json` say. */
export async function findConnection(
  flags: ConnectionFlags,
  where: { env: NodeJS.ProcessEnv; cwd: string },
): Promise<Connection> {
  const { env, cwd } = where;
  const found = await findLocalFile(cwd);
  const urls = found?.content.urls ?? {};
  return {
    queryUrl: flags.queryUrl ?? env['KITH_QUERY_URL'] ?? urls['query'],
    resolverUrl: flags.resolverUrl ?? env['KITH_RESOLVER_URL'] ?? urls['resolver'],
    ingestEmailUrl: flags.ingestEmailUrl ?? env['KITH_INGEST_EMAIL_URL'] ?? urls['ingestEmail'],
    ingestWhatsappUrl: flags.ingestWhatsappUrl ?? env['KITH_INGEST_WHATSAPP_URL'] ?? urls['ingestWhatsapp'],
    ingestLinkedinUrl: flags.ingestLinkedinUrl ?? env['KITH_INGEST_LINKEDIN_URL'] ?? urls['ingestLinkedin'],
    apiKey: flags.apiKey ?? env['KITH_API_KEY'] ?? found?.content.apiKey,
    databaseUrl: env['DATABASE_URL'] ?? found?.content.databaseUrl,
    natsUrl: env['NATS_URL'] ?? found?.content.natsUrl,
    workspace: found?.content.workspace,
    urls,
    local: found === null ? null : { file: found.file, folder: dirname(found.file) },
  };
}

const flagOf = {
  queryUrl: '--query-url',
  resolverUrl: '--resolver-url',
  ingestEmailUrl: '--ingest-email-url',
  ingestWhatsappUrl: '--ingest-whatsapp-url',
  ingestLinkedinUrl: '--ingest-linkedin-url',
  apiKey: '--api-key',
  databaseUrl: 'DATABASE_URL in the environment',
} as const;

/** One part of the connection; without it the command cannot go on. */
export function need(connection: Connection, part: keyof typeof flagOf): string {
  const value = connection[part];
  if (value !== undefined && value !== '') return value;
  throw new CliFailure(
    `No Kith is known here: start one with "npm start" in its folder, or give ${flagOf[part]}.`,
  );
}

/** Where the webhooks of a channel are posted to. */
export const ingestUrlPart = {
  email: 'ingestEmailUrl',
  whatsapp: 'ingestWhatsappUrl',
  linkedin: 'ingestLinkedinUrl',
} as const satisfies Record<Channel, keyof typeof flagOf>;

/** The typed client; an address that does not answer is named in the error. */
export function connect(connection: Connection): KithClient {
  return createKithClient({
    queryUrl: need(connection, 'queryUrl'),
    resolverUrl: need(connection, 'resolverUrl'),
    apiKey: need(connection, 'apiKey'),
    fetch: async (input, init) => {
      try {
        return await globalThis.fetch(input, init);
      } catch (cause) {
        const { origin } = new URL(input instanceof Request ? input.url : input);
        throw new CliFailure(`${origin} does not answer: is Kith running? Start it with "npm start".`, {
          cause,
        });
      }
    },
  });
}

async function findLocalFile(from: string) {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, '.kith', 'local.json');
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return { file, content: parseLocalFile(file, text) };
    if (dirname(folder) === folder) return null;
  }
}

function parseLocalFile(file: string, text: string): z.infer<typeof LocalFile> {
  try {
    return LocalFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliFailure(`${file} cannot be read: delete it and run "npm start" again.`, { cause });
  }
}
