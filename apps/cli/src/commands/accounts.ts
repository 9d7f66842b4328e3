import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Channel, connectable, type ConnectableProvider } from '@kith/contracts';
import type { Command } from 'commander';
import {
  connect,
  type ConnectionFlags,
  findConnection,
  ingestUrlPart,
  withConnection,
} from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { printJson } from '../terminal.ts';

interface UpsertOptions extends ConnectionFlags {
  provider: string;
  channel?: string;
  own: string[];
  secret: Readonly<Record<string, string>>;
  setting: Readonly<Record<string, string>>;
  json?: boolean;
}

/** `kith accounts`: the mailboxes that a workspace connected. */
export function registerAccounts(program: Command, context: CliContext): void {
  const accounts = program.command('accounts').description('connected accounts');
  const list = accounts.command('list').description('list accounts').option('--json', 'print JSON');
  withConnection(list).action((options: ConnectionFlags & { json?: boolean }) =>
    listAccounts(context, options),
  );
  const upsert = accounts
    .command('upsert <accountId>')
    .description('connect an account, or replace what is known of it')
    .requiredOption('--provider <provider>', Object.keys(connectable).join(', '))
    .option('--channel <channel>', 'email, whatsapp or linkedin; needed where the provider serves several')
    .option(
      '--own <identities>',
      'its own addresses, numbers or profiles, separated by commas',
      splitList,
      [],
    )
    .option('--secret <name=value>', 'a secret of the account; @file reads it from a file', addPair, {})
    .option('--setting <name=value>', 'a setting of the account', addPair, {})
    .option('--json', 'print JSON');
  withConnection(upsert).action((accountId: string, options: UpsertOptions) =>
    upsertAccount(context, accountId, options),
  );
  const remove = accounts
    .command('delete <accountId>')
    .description('disconnect an account; what came through it stays');
  withConnection(remove).action((accountId: string, options: ConnectionFlags) =>
    deleteAccount(context, accountId, options),
  );
}

/** Splits `a, b` at commas; for flags that take several values. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Adds `name=value` to those given before; for flags that may be repeated. */
function addPair(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new CliFailure(`"${text}" is not of the form name=value.`);
  const value = text.slice(at + 1);
  return { ...before, [text.slice(0, at)]: value.startsWith('@') ? readValue(value.slice(1)) : value };
}

function readValue(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new CliFailure(`${file} cannot be read: give the file that holds the secret after the @.`, {
      cause,
    });
  }
}

async function listAccounts(
  context: CliContext,
  options: ConnectionFlags & { json?: boolean },
): Promise<void> {
  const { terminal } = context;
  const { items } = await connect(await findConnection(options, context)).read.accounts.list.query();
  if (options.json === true) {
    printJson(terminal, items);
    return;
  }
  if (items.length === 0) terminal.print('No accounts yet: connect one with "kith accounts upsert".');
  for (const account of items) {
    const own = account.identifiers.map(({ value }) => value).join(', ');
    const last = account.lastDeliveryAt ?? 'never';
    terminal.print(`${account.accountId}  ${account.channel}/${account.provider}  ${own}`);
    terminal.print(terminal.dim(`  last delivery: ${last}`));
  }
}

async function upsertAccount(context: CliContext, accountId: string, options: UpsertOptions): Promise<void> {
  const { terminal } = context;
  const connection = await findConnection(options, context);
  const provider = chooseProvider(options);
  const channel = chooseChannel(provider, options);
  const secrets = withMadeSecrets(provider, options.secret);
  const { created } = await connect(connection).write.accounts.upsert.mutate({
    accountId,
    channel,
    provider,
    identifiers: options.own,
    secrets,
    settings: options.setting,
  });
  const base = connection[ingestUrlPart[channel]] ?? `<${channel} webhooks>`;
  const webhookUrl = `${base}/webhooks/${provider}/${accountId}`;
  if (options.json === true) {
    printJson(terminal, { accountId, created, webhookUrl, secrets });
    return;
  }
  terminal.print(`${created ? 'Connected' : 'Replaced'} ${accountId}.`);
  terminal.print(`Webhook URL  ${webhookUrl}`);
  for (const [name, value] of Object.entries(secrets)) terminal.print(`${name}  ${String(value)}`);
  terminal.note('Keep the secrets now: they are stored sealed and cannot be shown again.');
}

async function deleteAccount(
  context: CliContext,
  accountId: string,
  options: ConnectionFlags,
): Promise<void> {
  const kith = connect(await findConnection(options, context));
  const { deleted } = await kith.write.accounts.delete.mutate({ accountId });
  const { terminal } = context;
  terminal.print(deleted ? `Disconnected ${accountId}.` : `${accountId} is not connected.`);
  if (deleted)
    terminal.note('What came through it stays. Remove the webhook at the provider: it is answered 404.');
}

function chooseProvider({ provider }: UpsertOptions): ConnectableProvider {
  if (Object.hasOwn(connectable, provider)) return provider as ConnectableProvider;
  throw new CliFailure(`--provider: "${provider}" is not one of ${Object.keys(connectable).join(', ')}.`);
}

function chooseChannel(provider: ConnectableProvider, { channel }: UpsertOptions): Channel {
  const served = connectable[provider];
  const [only, ...others] = served;
  if (channel === undefined && only !== undefined && others.length === 0) return only;
  const chosen = served.find((candidate) => candidate === channel);
  if (chosen !== undefined) return chosen;
  throw new CliFailure(`--channel: give one of ${served.join(', ')} for ${provider}.`);
}

/** What we may choose ourselves, because it is entered at the provider afterwards. */
const made: Partial<Record<ConnectableProvider, readonly string[]>> = {
  mime: ['token'],
  postmark: ['password'],
  meta: ['verifyToken'],
};
const usual: Partial<Record<ConnectableProvider, Record<string, string>>> = {
  postmark: { username: 'postmark' },
  unipile: { apiVersion: 'v2' },
};

const randomSecret = (): string => randomBytes(24).toString('base64url');

/** The secrets given, and those that are made where none was given; lists are written with commas. */
function withMadeSecrets(
  provider: ConnectableProvider,
  given: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const isSigned = provider === 'mime' && given['signingSecret'] !== undefined;
  const fresh = isSigned ? [] : (made[provider] ?? []).map((name) => [name, randomSecret()]);
  const secrets = { ...usual[provider], ...Object.fromEntries(fresh), ...given };
  const { topicArns } = given;
  return topicArns === undefined ? secrets : { ...secrets, topicArns: splitList(topicArns) };
}
