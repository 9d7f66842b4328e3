/*
 * What a person reads: results on stdout, everything else on stderr, colours only where somebody looks.
 */

/** Where a command writes. */
export interface Terminal {
  /** A line of the result. */
  print: (line: string) => void;
  /** A line beside the result: progress, hints, problems. */
  note: (line: string) => void;
  /** Whether stderr is a terminal, where a progress bar may move. */
  isInteractive: boolean;
  green: (text: string) => string;
  red: (text: string) => string;
  dim: (text: string) => string;
}

/** A row of a table; an indented one belongs to the row before. */
export interface TableRow {
  label: string;
  value: string | number;
  detail?: string;
  indent?: boolean;
}

/** A terminal on the process's own streams. NO_COLOR, when set and not empty, turns colours off (no-color.org). */
export function createTerminal(env: NodeJS.ProcessEnv): Terminal {
  const isColoured = process.stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const colour = (code: number) => (text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    isInteractive: process.stderr.isTTY,
    green: colour(32),
    red: colour(31),
    dim: colour(2),
  };
}

/** Prints rows with their values aligned to the right. */
export function printTable(terminal: Terminal, rows: readonly TableRow[]): void {
  const labels = rows.map(({ label, indent }) => (indent === true ? `  ${label}` : label));
  const labelWidth = Math.max(0, ...labels.map((label) => label.length));
  const valueWidth = Math.max(0, ...rows.map(({ value }) => String(value).length));
  for (const [index, { value, detail }] of rows.entries()) {
    const label = (labels[index] ?? '').padEnd(labelWidth);
    const line = `${label}  ${String(value).padStart(valueWidth)}`;
    terminal.print(detail === undefined ? line : `${line}  ${terminal.dim(detail)}`);
  }
}

/** Prints a value for programs: one JSON document. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.print(JSON.stringify(value, null, 2));
}
