/** A Node process that starts a server through the built package and is then killed with SIGKILL. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Answers the process id of the server that the killed owner had started. */
export async function startInOwnerAndKillIt(expression: string): Promise<number> {
  const stack = new URL('../dist/index.js', import.meta.url).href;
  const program = `
    import { startNats, startPostgres, superviseProcess } from ${JSON.stringify(stack)};
    const server = await ${expression};
    console.log(server.pid());
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => owner.once('exit', resolve));
  for await (const line of createInterface({ input: owner.stdout })) {
    owner.kill('SIGKILL');
    await ended;
    return Number(line);
  }
  throw new Error('the owner ended before its server was ready');
}
