import type { Terminal } from '../terminal.ts';
import type { VerifiedCheck } from './run-checks.ts';

/** As many ids of what breaks a check are printed; the rest is in `--json`. */
const idsShown = 5;

/** Prints each check below what it is about, and what to do where one does not hold. */
export function printChecks(terminal: Terminal, checks: readonly VerifiedCheck[]): void {
  const areas = new Map<string, VerifiedCheck[]>();
  for (const check of checks) {
    const [area = ''] = check.name.split('.');
    areas.set(area, [...(areas.get(area) ?? []), check]);
  }
  for (const [area, ofArea] of areas) {
    terminal.print(`\n${titleOf(area)}`);
    for (const check of ofArea) {
      if (check.ok) terminal.print(`  ${terminal.green('✓')} ${check.means}`);
      else printBroken(terminal, check);
    }
  }
}

function printBroken(terminal: Terminal, check: VerifiedCheck): void {
  const { name, means, todo, count, of, violations } = check;
  const shown = violations.slice(0, idsShown).join(', ');
  terminal.print(terminal.red(`  ✗ ${means}`));
  terminal.print(`      ${name} does not hold of ${count} ${of}: ${shown}${count > idsShown ? ', …' : ''}`);
  terminal.print(`      → ${todo}`);
}

/** Prints what its pages show of a record. */
export function printPages(terminal: Terminal, violations: readonly string[]): void {
  terminal.print('\nPages');
  if (violations.length === 0) {
    const holds = 'Every conversation and message is shown once, and as often as it is counted.';
    terminal.print(`  ${terminal.green('✓')} ${holds}`);
    return;
  }
  for (const violation of violations) terminal.print(terminal.red(`  ✗ ${violation}`));
  terminal.print('      → run it again: what arrives during the check can cause this. Report it if it stays');
}

/** Prints how it ended in a line. */
export function printVerdict(terminal: Terminal, checks: readonly VerifiedCheck[], isWhole: boolean): void {
  const broken = checks.filter(({ ok }) => !ok).length;
  if (isWhole) return terminal.print(terminal.green(`\n✓ Everything holds: ${checks.length} checks.`));
  const failed = broken === 0 ? 'What is shown does not hold' : `${broken} of ${checks.length} checks fail`;
  terminal.print(terminal.red(`\n✗ ${failed}: what to do stands after each arrow.`));
}

const titleOf = (area: string): string => area.charAt(0).toUpperCase() + area.slice(1);
