/** Adds up the JSON reports that vitest leaves in every package, and names what failed. */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './install.mjs';

const REPORT = 'test-results.json';

/** Removes the reports of earlier runs, so that a package that does not run is not counted. */
export function clearTestResults(folders) {
  for (const folder of folders) rmSync(join(folder, REPORT), { force: true });
}

/** The totals of all packages; a file that could not even be loaded counts as one failure. */
export function sumTestResults(folders) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reportsOf(folders)) {
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + report.testResults.filter(isUnloaded).length;
    total.skipped += report.numPendingTests + report.numTodoTests;
  }
  return total;
}

/** What failed: each test with its file and why, in a few lines. */
export function failedTests(folders) {
  const files = reportsOf(folders).flatMap(({ testResults }) => testResults);
  return files.flatMap((file) => {
    const name = relative(root, file.name);
    if (isUnloaded(file)) return [`${name}\n${shortened(file.message)}`];
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    return failed.map((test) => `${name}: ${test.fullName}\n${shortened(test.failureMessages.join('\n'))}`);
  });
}

const reasonLines = 12;

function shortened(text) {
  return text
    .split('\n')
    .slice(0, reasonLines)
    .map((line) => `    ${line.slice(0, 400)}`)
    .join('\n');
}

const isUnloaded = ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0;

function reportsOf(folders) {
  const files = folders.map((folder) => join(folder, REPORT)).filter((file) => existsSync(file));
  return files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
}
