/*
 * Kith as it is deployed: the built query, resolver and ingest-email, over a Postgres and a NATS of their own, with an
 * account that mail can be posted to.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKithClient, type KithClient } from '@kith/client';
import { createApiKey } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { freePort, superviseProcess } from '@kith/stack';
import { startTestNats } from '@kith/stack/testing';

export const workspace = 'acme';
const token = 'a token of this test';

export interface Services extends AsyncDisposable {
  kith: KithClient;
  /** What programs are told of where everything is. */
  env: Record<string, string>;
  /** Posts a mail as the mail server of the account does. */
  receiveMail(mail: { from: string; subject: string; text: string }): Promise<void>;
}

export async function startServices(): Promise<Services> {
  const closers: (() => PromiseLike<void> | void)[] = [];
  const keep = <T extends AsyncDisposable>(part: T): T => {
    closers.unshift(() => part[Symbol.asyncDispose]());
    return part;
  };
  const directory = await mkdtemp(join(tmpdir(), 'kith-examples-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  const nats = keep(await startTestNats());
  const { db, url } = keep(await openTestDatabase());
  const { apiKey } = await createApiKey(db, { workspace, name: 'examples' });
  const reading = { DATABASE_URL: url, NATS_URL: nats.url };
  const keeping = {
    NATS_URL: nats.url,
    KITH_BLOB_DIR: join(directory, 'blobs'),
    KITH_SECRET_KEY: randomBytes(32).toString('base64'),
  };
  const start = async (name: string, env: Record<string, string>) => {
    const { service, url: serviceUrl } = await startService(name, env);
    keep(service);
    return serviceUrl;
  };
  const [resolverUrl, queryUrl, ingestUrl] = await Promise.all([
    start('resolver', { ...reading, ...keeping, KITH_INBOUND_BYTES_MAX: String(2 ** 28) }),
    start('query', { ...reading, ...keeping }),
    start('ingest-email', keeping),
  ]);
  const kith = createKithClient({ queryUrl, resolverUrl, apiKey });
  await kith.write.accounts.upsert.mutate({
    accountId: 'support',
    channel: 'email',
    provider: 'mime',
    identifiers: ['support@acme.example'],
    secrets: { token },
  });
  return {
    kith,
    env: {
      KITH_API_KEY: apiKey,
      KITH_QUERY_URL: queryUrl,
      KITH_RESOLVER_URL: resolverUrl,
      KITH_WORKSPACE: workspace,
      NATS_URL: nats.url,
    },
    receiveMail: (mail) => postMail(`${ingestUrl}/webhooks/mime/support`, mail),
    [Symbol.asyncDispose]: async () => {
      for (const close of closers) await close();
    },
  };
}

async function startService(name: string, env: Record<string, string>) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const service = await superviseProcess({
    name,
    command: process.execPath,
    args: [fileURLToPath(new URL(`../../apps/${name}/dist/main.js`, import.meta.url))],
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: new URL(url).port, LOG_LEVEL: 'warn', ...env },
    ready: async () => (await fetch(`${url}/readyz`)).ok,
    restart: 'always',
    ipc: true,
  });
  return { url, service };
}

async function postMail(url: string, mail: { from: string; subject: string; text: string }): Promise<void> {
  const head = [
    `From: ${mail.from}`,
    'To: support@acme.example',
    `Subject: ${mail.subject}`,
    `Message-ID: <${randomBytes(8).toString('hex')}@lima.example>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
  ];
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    body: `${head.join('\r\n')}\r\n\r\n${mail.text}\r\n`,
  });
  if (response.status !== 200) throw new Error(`the webhook was answered ${response.status}`);
}
