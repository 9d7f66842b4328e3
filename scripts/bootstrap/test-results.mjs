/** Adds up the JSON reports that vitest leaves in every package. */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const REPORT = 'test-results.json';

/** Removes the reports of earlier runs, so that a package that does not run is not counted. */
export function clearTestResults(folders) {
  for (const folder of folders) rmSync(join(folder, REPORT), { force: true });
}

/** The totals of all packages; a file that could not even be loaded counts as one failure. */
export function sumTestResults(folders) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const folder of folders) {
    const file = join(folder, REPORT);
    if (!existsSync(file)) continue;
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + unloaded.length;
    total.skipped += report.numPendingTests + report.numTodoTests;
  }
  return total;
}
