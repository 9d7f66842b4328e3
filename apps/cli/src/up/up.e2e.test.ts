import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { isPortFree, waitUntil } from '@kith/stack';
import { describe, expect, test } from 'vitest';

import { createCheckout, runUp, type Checkout } from '../../test/stack-fixture.ts';

const RUNNING = /Kith is running/;
const SECONDS = { timeoutMs: 15_000 };

async function arePortsFree({ portBase }: Checkout): Promise<boolean> {
  const free = await Promise.all([1, 2, 20, 30].map((offset) => isPortFree(portBase + offset)));
  return free.every(Boolean);
}

async function echoEnvironment({ echoUrl }: Checkout): Promise<Record<string, string>> {
  return JSON.parse(await (await fetch(`${echoUrl}/env`)).text());
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8'));
}

describe('a stack', () => {
  test('that gets SIGTERM leaves no process, answers 0, and continues with its key at the next start', async () => {
    await using checkout = await createCheckout();
    const localFile = join(checkout.root, '.kith/local.json');
    const first = runUp(checkout);
    expect(await first.sees(RUNNING), first.lines.join('\n')).toBe(true);
    const local = await readJson(localFile);
    expect(local).toMatchObject({ workspace: 'demo', urls: { echo: checkout.echoUrl } });
    expect((await stat(localFile)).mode & 0o777).toBe(0o600);
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await arePortsFree(checkout)).toBe(true);

    await using second = runUp(checkout);
    expect(await second.sees(RUNNING)).toBe(true);
    expect(await readJson(localFile)).toEqual(local);
  });

  test('passes to a service what its row names and nothing else of ours', async () => {
    await using checkout = await createCheckout();
    await using stack = runUp(checkout);
    expect(await stack.sees(RUNNING)).toBe(true);
    const environment = await echoEnvironment(checkout);
    expect(environment).toMatchObject({ HOST: '127.0.0.1', NODE_ENV: 'production' });
    expect(Object.keys(environment).filter((key) => key.startsWith('KITH_'))).toEqual([]);
  });

  test('tells of a crash by name with the last words, and starts that service again', async () => {
    await using checkout = await createCheckout();
    await using stack = runUp(checkout);
    expect(await stack.sees(RUNNING)).toBe(true);
    const before = await echoEnvironment(checkout);
    await fetch(`${checkout.echoUrl}/crash`).catch(() => undefined);
    expect(await stack.sees(/echo crashed \(exit code 7\): starting it again in 0\.1 s/)).toBe(true);
    expect(await stack.sees(/out of cheese/)).toBe(true);
    expect(await stack.sees(/echo is running again/)).toBe(true);
    expect((await echoEnvironment(checkout))['pid']).not.toBe(before['pid']);
    expect(await readFile(join(checkout.root, '.kith/logs/echo.log'), 'utf8')).toContain('out of cheese');
  });

  test('gives up after five crashes within a minute, stops the others, and answers 1', async () => {
    await using checkout = await createCheckout();
    await using stack = runUp(checkout);
    expect(await stack.sees(RUNNING)).toBe(true);
    const told = (text: string): number => stack.lines.filter((line) => line.includes(text)).length;
    const crash = async (): Promise<boolean> => {
      // A life that ends before it was ready is a start that failed, and no crash.
      if (told('is running again') === told('echo crashed'))
        await fetch(`${checkout.echoUrl}/crash`).catch(() => undefined);
      return told('giving up') > 0;
    };
    expect(await waitUntil(crash, { timeoutMs: 20_000, everyMs: 100 })).toBe(true);
    expect(await stack.ended).toBe(1);
    expect(await arePortsFree(checkout)).toBe(true);
  });

  test('that was killed with -9 leaves nothing in the way of the next start', async () => {
    await using checkout = await createCheckout();
    const first = runUp(checkout);
    expect(await first.sees(RUNNING)).toBe(true);
    first.signal('SIGKILL');
    await first.ended;
    await using second = runUp(checkout);
    expect(await second.sees(RUNNING), second.lines.join('\n')).toBe(true);
  });

  test('that was killed with -9 takes its services with it', async () => {
    await using checkout = await createCheckout();
    const stack = runUp(checkout);
    expect(await stack.sees(RUNNING)).toBe(true);
    stack.signal('SIGKILL');
    await stack.ended;
    expect(await waitUntil(() => isPortFree(checkout.portBase + 1), SECONDS)).toBe(true);
  });
});

describe('a start that cannot succeed', () => {
  test('names the service that stopped and its last words, and leaves no process', async () => {
    await using checkout = await createCheckout();
    await using stack = runUp(checkout, ['echo', 'broken']);
    expect(await stack.ended).toBe(1);
    expect(stack.lines.join('\n')).toMatch(/broken stopped while starting[\s\S]*no such table/);
    expect(await arePortsFree(checkout)).toBe(true);
  });

  test('names the port that is taken, who needs it, and KITH_PORT_BASE, before anything is started', async () => {
    await using checkout = await createCheckout();
    await using squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(checkout.portBase + 20, '127.0.0.1', resolve));
    await using stack = runUp(checkout);
    expect(await stack.ended).toBe(1);
    expect(stack.lines).toHaveLength(1);
    expect(stack.lines[0]).toMatch(
      new RegExp(`Port ${checkout.portBase + 20}, needed by NATS, .*KITH_PORT_BASE`),
    );
  });

  test('is refused while the stack of this checkout runs, which goes on undisturbed', async () => {
    await using checkout = await createCheckout();
    await using first = runUp(checkout);
    expect(await first.sees(RUNNING)).toBe(true);
    const second = runUp(checkout);
    expect(await second.ended).toBe(1);
    expect(second.lines.join('\n')).toContain(`already running from this checkout (process ${first.pid})`);
    expect(await echoEnvironment(checkout)).toMatchObject({ HOST: '127.0.0.1' });
  });

  test('that is interrupted answers 130 and leaves no process', async () => {
    await using checkout = await createCheckout();
    const stack = runUp(checkout);
    expect(await stack.sees(/Postgres: ready/)).toBe(true);
    stack.signal('SIGINT');
    expect(await stack.ended).toBe(130);
    expect(await arePortsFree(checkout)).toBe(true);
  });
});
