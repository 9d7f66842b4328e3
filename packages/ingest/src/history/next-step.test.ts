import { beginningOfTask, type SyncTask } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { nextStep, type PageOutcome, type PublishedPage, type Step } from './next-step.ts';

const id = '10000000-0000-8000-8000-000000000001';
const first: SyncTask = {
  ...beginningOfTask,
  syncId: id,
  partId: id,
  workspace: 'acme',
  accountId: 'mailbox',
  channel: 'email',
  provider: 'nylas',
  identifiers: null,
  since: null,
  until: '2026-11-26T00:00:00.000Z',
};
const at = '2026-11-26T12:00:00.000Z';
const later: PageOutcome = {
  ended: 'later',
  reason: 'rate_limited',
  detail: 'asked for patience',
  afterMs: null,
};

const pageOf = (content: string | null, next: string | null): PublishedPage => ({
  ended: 'published',
  deliveryIds: [id],
  count: content === null ? 0 : 10,
  oldestAt: null,
  newestAt: null,
  content,
  next,
  total: null,
});

/** Goes from page to page until the part ends, or `pagesMax` were asked for. */
function walk(pages: (task: SyncTask, index: number) => PageOutcome, pagesMax = 1_000): Step[] {
  const steps: Step[] = [];
  let task: SyncTask | null = first;
  while (task !== null && steps.length < pagesMax) {
    const step = nextStep(task, pages(task, steps.length), at);
    steps.push(step);
    task = step.next;
  }
  return steps;
}

describe('the way through a history', () => {
  test('leads from page to page and ends behind the last one', () => {
    const steps = walk((_, index) => pageOf(`page ${index}`, index < 4 ? `cursor ${index}` : null));
    expect(steps.map(({ report }) => [report.page, report.state, report.fetched])).toEqual([
      [1, 'running', 10],
      [2, 'running', 20],
      [3, 'running', 30],
      [4, 'running', 40],
      [5, 'completed', 50],
    ]);
  });

  test('goes on behind a page that comes twice, under the same cursor or another', () => {
    const pages = ['a', 'b', 'b', 'c', 'd'];
    const cursors = ['1', '2', '2', '3', null];
    const steps = walk((_, index) => pageOf(pages[index] ?? '', cursors[index] ?? null));
    expect(steps).toHaveLength(5);
    expect(steps.at(-1)?.report.state).toBe('completed');
  });

  test.each([1, 2, 3, 7, 30])('notices a circle of %i cursors, and keeps what it got', (length) => {
    const steps = walk((_, index) => pageOf(`page ${index}`, `cursor ${index % length}`));
    expect(steps.at(-1)?.report).toMatchObject({ state: 'failed', reason: 'cursor_loops' });
    expect(steps.length).toBeLessThan(10 * length + 10);
  });

  test('notices a circle of pages whose cursors are always new', () => {
    const steps = walk((_, index) => pageOf(`page ${index % 5}`, `cursor ${index}`));
    expect(steps.at(-1)?.report).toMatchObject({ state: 'failed', reason: 'cursor_loops' });
    expect(steps.length).toBeLessThan(60);
  });

  test('does not go on for ever through empty pages', () => {
    const steps = walk((_, index) => pageOf(null, `cursor ${index}`), 20_000);
    expect(steps.at(-1)?.report).toMatchObject({ state: 'failed', reason: 'cursor_loops' });
  });

  test('waits longer each time, and as long as the provider asks, before it gives up', () => {
    const steps = walk(() => later);
    const waits = steps.map(({ next }) => Date.parse(next?.notBefore ?? at) - Date.parse(at));
    expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(steps.at(-1)?.report).toMatchObject({ state: 'failed', reason: 'rate_limited' });
    const asked = nextStep(first, { ...later, afterMs: 60_000 }, at);
    expect(asked.report).toMatchObject({ state: 'waiting', retryAt: '2026-11-26T12:01:00.000Z', page: 1 });
    expect(asked.next).toMatchObject({ page: 1, attempt: 1 });
  });

  test('counts tries for each page anew', () => {
    const steps = walk((task, index) =>
      task.attempt < 10 ? later : pageOf(`page ${index}`, index < 100 ? `${index}` : null),
    );
    expect(steps.at(-1)?.report.state).toBe('completed');
  });

  test('begins anew when the provider forgot the cursor, a few times', () => {
    const once = walk((task, index) => {
      if (task.page === 3 && task.restarts === 0) return { ended: 'cursor_expired' };
      return pageOf(`page ${task.cursor}`, index < 6 ? `${index}` : null);
    });
    expect(once[2]?.next).toMatchObject({ page: 4, cursor: null, restarts: 1, fetched: 0 });
    expect(once.at(-1)?.report.state).toBe('completed');
    const always = walk((task) => (task.cursor === null ? pageOf('a', '1') : { ended: 'cursor_expired' }));
    expect(always.at(-1)?.report).toMatchObject({ state: 'failed', reason: 'cursor_expired' });
    expect(always).toHaveLength(8);
  });

  test('ends where nothing is to be had', () => {
    const refused: PageOutcome = { ended: 'failed', reason: 'credentials_refused', detail: 'answered 401' };
    expect(nextStep(first, refused, at)).toMatchObject({
      report: { state: 'failed', reason: 'credentials_refused', detail: 'answered 401' },
      next: null,
    });
    expect(nextStep(first, { ended: 'account_gone' }, at).report.reason).toBe('account_gone');
  });
});
