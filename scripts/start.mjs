/**
 * `npm start`: installs what is missing, builds what changed, and runs the whole stack with its demo until
 * Ctrl-C. Everything it fetches or writes stays inside the checkout, in `.kith/` and `node_modules/`.
 * `npm start -- --no-demo` starts an empty stack.
 */

import { assertNodeVersion } from './bootstrap/node-version.mjs';

assertNodeVersion();

// Loaded only now, so that a Node too old for their syntax gets the line above instead of a parse error.
const { install, root, stepsFor } = await import('./bootstrap/install.mjs');
const { build } = await import('./bootstrap/build.mjs');
const { ensureNatsServer } = await import('./bootstrap/nats-server.mjs');

const steps = stepsFor(process.stdout);
await steps.orExit(async () => {
  await install(steps);
  await build(steps);
  await ensureNatsServer(steps);
});
steps.release();

// The engine runs in this very process, so that a signal has one place to arrive at.
const { up } = await import('../apps/cli/dist/up/up.js');
process.exitCode = await up({
  root,
  demo: !process.argv.includes('--no-demo'),
  log: (line) => console.log(line),
});
