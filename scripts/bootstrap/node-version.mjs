/** Refuses a Node that is too old, in one line. Written in syntax that old versions can still read. */

const NEEDED = [20, 19];

export function assertNodeVersion() {
  const found = process.versions.node.split('.').map(Number);
  if (found[0] > NEEDED[0] || (found[0] === NEEDED[0] && found[1] >= NEEDED[1])) return;
  console.error(`Kith needs Node ${NEEDED.join('.')} or later, and this is Node ${process.versions.node}.`);
  process.exit(1);
}
