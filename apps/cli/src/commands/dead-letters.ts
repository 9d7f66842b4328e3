import { type KithClient, kithError, pages, type ReadOutputs } from '@kith/client';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';
import { printJson, type Terminal } from '../terminal.ts';

interface Filter {
  account?: string;
  reason?: string;
}

interface ListFlags extends ConnectionFlags, Filter {
  json?: boolean;
}

interface ReplayFlags extends ConnectionFlags, Filter {
  all?: boolean;
}

type Letter = ReadOutputs['deliveries']['deadLetters']['items'][number];

/** Dead letters of one call. */
const callMax = 500;

/** `kith dead-letters`: what was accepted and could not be stored. */
export function registerDeadLetters(program: Command, context: CliContext): void {
  const letters = program.command('dead-letters').description('what was accepted and could not be stored');
  const list = letters
    .command('list')
    .description('list dead letters, newest first')
    .option('--json', 'print JSON');
  withFilter(withConnection(list)).action((flags: ListFlags) => listLetters(context, flags));
  const replay = letters
    .command('replay [ids...]')
    .description('read dead letters again: those named, or those of an account, of a reason, or all')
    .option('--all', 'every one of them');
  withFilter(withConnection(replay)).action((ids: string[], flags: ReplayFlags) => {
    const isOfSome = (flags.account ?? flags.reason) !== undefined || flags.all === true;
    if (ids.length > 0 === isOfSome) {
      replay.error('error: name dead letters by their ids, or give --account, --reason or --all');
    }
    return replayLetters(context, ids, flags);
  });
}

const withFilter = (command: Command): Command =>
  command
    .option('--account <id>', 'only what came through this account')
    .option('--reason <reason>', 'only what ended for this reason, such as parse_failed');

async function listLetters(context: CliContext, flags: ListFlags): Promise<void> {
  const { terminal } = context;
  const found = await findLetters(connect(await findConnection(flags, context)), flags);
  if (flags.json === true) return printJson(terminal, found);
  if (found.length === 0) terminal.print('No dead letters.');
  for (const letter of found) printLetter(terminal, letter);
}

function printLetter(terminal: Terminal, letter: Letter): void {
  const { id, createdAt, accountId, channel, provider, reason, detail, replayable } = letter;
  terminal.print(`${id}  ${createdAt}  ${accountId} (${channel}/${provider})  ${terminal.red(reason)}`);
  terminal.print(terminal.dim(`  ${detail}${replayable ? '' : '; it cannot be read again'}`));
}

async function findLetters(kith: KithClient, { account, reason }: Filter): Promise<Letter[]> {
  const found: Letter[] = [];
  const asked = { limit: 100, ...(account === undefined ? {} : { accountId: account }) };
  for await (const letter of pages(kith.read.deliveries.deadLetters, asked)) {
    const isMeant = (account ?? letter.accountId) === letter.accountId;
    if (isMeant && (reason ?? letter.reason) === letter.reason) found.push(letter);
  }
  return found;
}

async function replayLetters(context: CliContext, ids: readonly string[], flags: ReplayFlags): Promise<void> {
  const { terminal } = context;
  const kith = connect(await findConnection(flags, context));
  const { replayed, skipped } =
    ids.length > 0 ? await replayNamed(kith, ids) : await replayFound(kith, flags);
  terminal.print(`${replayed.toLocaleString('en')} are read again.`);
  if (skipped > 0)
    terminal.note(`${skipped.toLocaleString('en')} are left: nothing of them can be read again.`);
  if (replayed > 0) terminal.note('What cannot be stored today either stays: kith dead-letters list');
}

interface Replayed {
  replayed: number;
  skipped: number;
}

async function replayNamed(kith: KithClient, ids: readonly string[]): Promise<Replayed> {
  const total = { replayed: 0, skipped: 0 };
  for (let start = 0; start < ids.length; start += callMax) {
    const deadLetterIds = ids.slice(start, start + callMax);
    const { replayed, skipped } = await kith.write.deadLetters.replay.mutate({ deadLetterIds });
    total.replayed += replayed;
    total.skipped += skipped;
  }
  return total;
}

/** By their ids, so that each is asked for once however many there are. */
async function replayFound(kith: KithClient, filter: Filter): Promise<Replayed> {
  const found = await findLetters(kith, filter);
  const left = found.filter(({ replayable }) => replayable).map(({ id }) => id);
  const total = { replayed: 0, skipped: found.length - left.length };
  while (left.length > 0) {
    const ended = await replaySome(kith, left.slice(0, callMax));
    if (typeof ended === 'number') {
      // It left the list after it was found there.
      left.splice(ended, 1);
    } else {
      left.splice(0, callMax);
      total.replayed += ended.replayed;
      total.skipped += ended.skipped;
    }
  }
  return total;
}

/** Or the place of one that is not there any more. */
async function replaySome(kith: KithClient, deadLetterIds: string[]): Promise<Replayed | number> {
  try {
    return await kith.write.deadLetters.replay.mutate({ deadLetterIds });
  } catch (err) {
    const answer = kithError(err);
    if (answer?.code !== 'dead_letter_not_found') throw err;
    return Number(answer.field?.split('.').at(-1));
  }
}
