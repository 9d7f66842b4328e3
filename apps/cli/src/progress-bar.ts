import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** Shows how far something is: a bar on a terminal, a line every ten percent elsewhere. */
export interface ProgressBar {
  /** `done` of the total; `text` says it in words. */
  update: (done: number, text: string) => void;
  stop: () => void;
}

/** A bar for `total` steps of any unit. */
export function createProgressBar(terminal: Terminal, title: string, total: number): ProgressBar {
  if (total === 0) return { update: () => {}, stop: () => {} };
  return terminal.isInteractive ? createBar(title, total) : createLines(terminal, title, total);
}

function createBar(title: string, total: number): ProgressBar {
  const bar = new SingleBar({
    format: `${title} {bar} {percentage}%  {text}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  bar.start(total, 0, { text: '' });
  return {
    update: (done, text) => bar.update(Math.min(done, total), { text }),
    stop: () => bar.stop(),
  };
}

function createLines(terminal: Terminal, title: string, total: number): ProgressBar {
  let shown = 0;
  return {
    update: (done, text) => {
      const tenth = Math.floor((done / total) * 10);
      if (tenth <= shown) return;
      shown = tenth;
      terminal.note(`${title} ${Math.min(100, tenth * 10)}%  ${text}`);
    },
    stop: () => {},
  };
}
