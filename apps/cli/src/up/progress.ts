/**
 * The lines that a person sees while a stack starts and runs: short marks on a terminal, plain lines with
 * the seconds since the start elsewhere.
 */

export interface Progress {
  /** Something is done, and took this long. */
  readonly done: (text: string, tookMs: number) => void;
  /** Something happened that a person may want to know. */
  readonly note: (text: string) => void;
  /** Something went wrong; `details` are lines of evidence. */
  readonly problem: (text: string, details?: readonly string[]) => void;
  /** A line without marks. */
  readonly plain: (text: string) => void;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

export function createProgress(log: (line: string) => void, isTerminal: boolean): Progress {
  const style = (code: number, text: string): string =>
    isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text;
  const marked = (mark: string, color: number, text: string): void =>
    log(isTerminal ? `  ${style(color, mark)} ${text}` : `[${elapsed()}] ${text}`);
  return {
    done: (text, tookMs) => {
      const took = seconds(tookMs);
      marked('✓', 32, isTerminal ? `${text} ${style(2, took)}` : `${text}: ready in ${took}`);
    },
    note: (text) => marked('•', 36, text),
    problem: (text, details = []) => {
      marked('✗', 31, text);
      for (const line of details) log(`      ${style(2, line.slice(0, 400))}`);
    },
    plain: log,
    bold: (text) => style(1, text),
    dim: (text) => style(2, text),
  };
}

/** Milliseconds since the process began: `npm start` installs and builds in this process first. */
function elapsed(): string {
  return seconds(performance.now()).padStart(7);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
