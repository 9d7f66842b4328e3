import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import {
  connect,
  type Connection,
  type ConnectionFlags,
  findConnection,
  withConnection,
} from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { printJson } from '../terminal.ts';

interface UpsertOptions extends ConnectionFlags {
  provider: string;
  own: string[];
  token?: string;
  signingSecret?: string;
  username?: string;
  password?: string;
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
    .description('connect an email account, or replace what is known of it')
    .requiredOption('--provider <provider>', 'mime or postmark')
    .option('--own <addresses>', 'its own addresses, separated by commas', splitList, [])
    .option('--token <token>', 'mime: the bearer token; made when neither it nor --signing-secret is given')
    .option('--signing-secret <secret>', 'mime: secret of signed webhooks')
    .option('--username <name>', 'postmark: user name of Basic auth')
    .option('--password <password>', 'postmark: password of Basic auth; made when not given')
    .option('--json', 'print JSON');
  withConnection(upsert).action((accountId: string, options: UpsertOptions) =>
    upsertAccount(context, accountId, options),
  );
}

/** Splits `a, b` at commas; for flags that take several values. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
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
  const { provider, secrets } = chooseSecrets(options);
  const { created } = await connect(connection).write.accounts.upsert.mutate({
    accountId,
    channel: 'email',
    provider,
    identifiers: options.own,
    secrets,
  });
  const webhookUrl = webhookUrlOf(connection, provider, accountId);
  if (options.json === true) {
    printJson(terminal, { accountId, created, webhookUrl, secrets });
    return;
  }
  terminal.print(`${created ? 'Connected' : 'Replaced'} ${accountId}.`);
  terminal.print(`Webhook URL  ${webhookUrl}`);
  for (const [name, value] of Object.entries(secrets)) terminal.print(`${name}  ${value}`);
  terminal.note('Keep the secrets now: they are stored sealed and cannot be shown again.');
}

const randomSecret = (): string => randomBytes(24).toString('base64url');

function chooseSecrets(options: UpsertOptions) {
  const { token, signingSecret } = options;
  switch (options.provider) {
    case 'mime':
      if (signingSecret !== undefined) {
        return {
          provider: 'mime',
          secrets: { signingSecret, ...(token === undefined ? {} : { token }) },
        } as const;
      }
      return { provider: 'mime', secrets: { token: token ?? randomSecret() } } as const;
    case 'postmark':
      return {
        provider: 'postmark',
        secrets: { username: options.username ?? 'postmark', password: options.password ?? randomSecret() },
      } as const;
    default:
      throw new CliFailure(`--provider: "${options.provider}" is not one of mime, postmark.`);
  }
}

function webhookUrlOf(connection: Connection, provider: string, accountId: string): string {
  return `${connection.ingestEmailUrl ?? '<email webhooks>'}/webhooks/${provider}/${accountId}`;
}
