/*
 * `kith import mail`: posts the mails of a folder or mailbox to the email webhooks like any provider, waits until
 * each is accounted for, and says where every single one went.
 */
import { randomBytes } from 'node:crypto';
import type { KithClient } from '@kith/client';
import { forEachConcurrently, postWebhook, type WebhookTarget } from '@kith/sandbox';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, need, withConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import { awaitOutcomes } from '../mail/await-outcomes.ts';
import { findMailFiles, type MailFile, readMails } from '../mail/mail-files.ts';
import { type PostedMail, summarize, summaryAddsUp, summaryRows } from '../mail/summary.ts';
import type { CliContext } from '../program.ts';
import { createProgressBar } from '../progress-bar.ts';
import { printJson, printTable, type Terminal } from '../terminal.ts';
import { splitList } from './accounts.ts';

interface ImportOptions extends ConnectionFlags {
  account: string;
  token?: string;
  own: string[];
  json?: boolean;
}

const placesAtOnce = 8;
const patienceMs = 120_000;
const settleMs = 15_000;
const stalledMs = 60_000;

/** Registers `kith import mail`. */
export function registerImportMail(program: Command, context: CliContext): void {
  const command = program
    .command('import')
    .description('bring history in')
    .command('mail <path>')
    .description('import a folder of .eml and .mbox files, or one such file')
    .option('--account <id>', 'the account the mails belong to', 'mail-import')
    .option(
      '--own <addresses>',
      'your own addresses, separated by commas: mail from them is outbound',
      splitList,
      [],
    )
    .option('--token <token>', 'use the account as it is, with this token, instead of connecting it')
    .option('--json', 'print JSON');
  withConnection(command).action((path: string, options: ImportOptions) =>
    importMail(context, path, options),
  );
}

async function importMail(context: CliContext, path: string, options: ImportOptions): Promise<void> {
  const { terminal } = context;
  const { files, skipped } = await findMailFiles(path);
  for (const { name, reason } of skipped) terminal.note(`skipped ${name}: ${reason}`);
  if (files.length === 0) throw new CliFailure(`${path} holds no .eml or .mbox file.`);
  const connection = await findConnection(options, context);
  const kith = connect(connection);
  const token = options.token ?? (await connectAccount(kith, options));
  const target = {
    url: `${need(connection, 'ingestEmailUrl')}/webhooks/mime/${options.account}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
  };
  const isNew = options.token === undefined;
  const posted = await postAll(terminal, files, { target, settleMs: isNew ? settleMs : 0 });
  const ids = posted.flatMap(({ result }) => (result.ended === 'accepted' ? [result.deliveryId] : []));
  const bar = createProgressBar(terminal, 'Processing', ids.length);
  const onProgress = (done: number): void => bar.update(done, `${done} of ${ids.length} mails`);
  const outcomes = await awaitOutcomes(kith, ids, { stalledMs, onProgress });
  bar.stop();
  const summary = summarize(posted, outcomes);
  if (options.json === true) printJson(terminal, { ...summary, skipped });
  else printTable(terminal, summaryRows(summary));
  if (summary.pending.count > 0) {
    terminal.note('Pending mails are safe and will be processed; see "kith doctor" for what holds them up.');
  }
  if (!summaryAddsUp(summary) || summary.refused.count + summary.pending.count > 0) process.exitCode = 1;
}

/** Gives the account a new token; own addresses that it has already stay. */
async function connectAccount(kith: KithClient, options: ImportOptions): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const { items } = await kith.read.accounts.list.query();
  const known = items.find(({ accountId }) => accountId === options.account);
  if (known !== undefined && known.provider !== 'mime') {
    throw new CliFailure(
      `--account: ${options.account} is of the provider ${known.provider}; choose another id for imported mail.`,
    );
  }
  const identifiers = new Set([...(known?.identifiers.map(({ value }) => value) ?? []), ...options.own]);
  await kith.write.accounts.upsert.mutate({
    accountId: options.account,
    channel: 'email',
    provider: 'mime',
    identifiers: [...identifiers],
    secrets: { token },
  });
  return token;
}

async function postAll(
  terminal: Terminal,
  files: readonly MailFile[],
  options: { target: WebhookTarget; settleMs: number },
): Promise<PostedMail[]> {
  const posted: PostedMail[] = [];
  const bar = createProgressBar(
    terminal,
    'Sending',
    files.reduce((sum, { size }) => sum + size, 0),
  );
  const settledAtMs = performance.now() + options.settleMs;
  let bytesDone = 0;
  let patience = patienceMs;
  await forEachConcurrently(readMails(files), placesAtOnce, async ({ name, bytes, size }) => {
    const result =
      bytes === null
        ? ({ ended: 'too_large' } as const)
        : await postWebhook(options.target, bytes, { patienceMs: patience, settledAtMs });
    // A service that stayed away for one mail's whole patience need not be waited for by every other.
    patience = result.ended === 'unreachable' ? 0 : patienceMs;
    posted.push({ name, result });
    bytesDone += size;
    bar.update(bytesDone, `${posted.length} mails`);
  });
  bar.stop();
  return posted;
}
