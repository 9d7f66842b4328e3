import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The rules: WCAG 2.2 to level AA, and what axe recommends besides. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A theme changes colours alone, so the second is asked only for what depends on them. */
const asked = [
  { colorScheme: 'light', runOnly: { type: 'tag', values: tags } },
  { colorScheme: 'dark', runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
] as const satisfies { colorScheme: 'light' | 'dark'; runOnly: axe.RunOnly }[];

/**
 * Fails with what axe finds wrong on the page as it is shown now, in light and in dark. The page is to have come to
 * rest: what it is about to become is not looked at.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  // Evaluated by the debugger, to which neither the content security policy nor Trusted Types apply.
  await page.evaluate(axe.source);
  for (const { colorScheme, runOnly } of asked) {
    await page.emulateMedia({ colorScheme });
    expect(await findViolations(page, runOnly), `in ${colorScheme}, at ${page.url()}`).toEqual([]);
  }
}

/** Each violation in a line, with the first elements that it concerns. */
async function findViolations(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${options})`);
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`);
    return `${id}: ${help} (${nodes.length}) ${where.join(' | ')}`;
  });
}
