import { createApiKey, openDatabase } from '@kith/database';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, need, withConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { printJson } from '../terminal.ts';

interface CreateOptions extends ConnectionFlags {
  name: string;
  workspace?: string;
  json?: boolean;
}

/** `kith keys`: API keys, and with them workspaces. */
export function registerKeys(program: Command, context: CliContext): void {
  const keys = program.command('keys').description('API keys');
  const create = keys
    .command('create')
    .description('make an API key; it is shown this once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--workspace <workspace>', 'make it for this workspace, new or not; needs DATABASE_URL')
    .option('--json', 'print JSON');
  withConnection(create).action((options: CreateOptions) => createKey(context, options));
  const revoke = keys.command('revoke <keyId>').description('end a key at once');
  withConnection(revoke).action(async (keyId: string, options: ConnectionFlags) => {
    const kith = connect(await findConnection(options, context));
    await kith.write.keys.revoke.mutate({ keyId });
    context.terminal.print(`Revoked ${keyId}.`);
  });
}

async function createKey(context: CliContext, options: CreateOptions): Promise<void> {
  const { terminal } = context;
  const connection = await findConnection(options, context);
  const key =
    options.workspace === undefined
      ? await connect(connection).write.keys.create.mutate({ name: options.name })
      : await createInDatabase(need(connection, 'databaseUrl'), options.workspace, options.name);
  if (options.json === true) {
    printJson(terminal, key);
    return;
  }
  terminal.print(`Key id   ${key.keyId}`);
  terminal.print(`API key  ${key.apiKey}`);
  terminal.note('Keep the API key now: only its hash is stored, it cannot be shown again.');
}

/** A key belongs to one workspace, so no key can make another: that takes the database. */
async function createInDatabase(databaseUrl: string, workspace: string, name: string) {
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(workspace)) {
    throw new CliFailure('--workspace: lower-case letters, digits, "-" and "_", at most 63 characters.');
  }
  await using db = openDatabase({ url: databaseUrl, name: 'kith-cli', connectionsMax: 1 });
  try {
    return await createApiKey(db, { workspace, name });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || String('code' in cause ? cause.code : '') : '';
    throw new CliFailure(`The database did not take the key (${reason}): check DATABASE_URL.`, { cause });
  }
}
