import { playDemo } from '@kith/sandbox';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, need, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';
import { mediaPortOf } from '../up/demo.ts';

/** `kith demo`: plays the demo into a stack that runs already. */
export function registerDemo(program: Command, context: CliContext): void {
  const command = program
    .command('demo')
    .description('play demo records and messages of all channels into the running Kith')
    .option('--no-live', 'stop after the history instead of playing live messages until Ctrl-C');
  withConnection(command).action(async (options: ConnectionFlags & { live: boolean }) => {
    const { terminal } = context;
    const connection = await findConnection(options, context);
    // The demo is patient with a Kith that starts; somebody at a prompt wants to know at once that there is none.
    await connect(connection).read.deliveries.accounting.query();
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort(new Error('stopped')));
    process.once('SIGTERM', () => stop.abort(new Error('stopped')));
    const { live } = await playDemo({
      queryUrl: need(connection, 'queryUrl'),
      resolverUrl: need(connection, 'resolverUrl'),
      ingestEmailUrl: need(connection, 'ingestEmailUrl'),
      ingestWhatsappUrl: need(connection, 'ingestWhatsappUrl'),
      ingestLinkedinUrl: need(connection, 'ingestLinkedinUrl'),
      // Only the services of a stack on this machine may fetch from it.
      ...(connection.local === null ? {} : mediaPortOf(connection.urls)),
      apiKey: need(connection, 'apiKey'),
      log: terminal.print,
      signal: stop.signal,
      live: options.live,
    });
    if (options.live) terminal.print('demo: live messages every few seconds; Ctrl-C stops it');
    await live;
  });
}
