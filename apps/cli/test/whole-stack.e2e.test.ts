/*
 * What the README promises, on the built services with the demo playing: its commands can be pasted, its page is
 * live, mail is accounted for file by file, and bad input harms nobody.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBus } from '@kith/bus';
import { openEventContract } from '@kith/bus/testing';
import { eventsStream } from '@kith/contracts';
import { createLog } from '@kith/service';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, mail, outcomeOf, post, token } from './mail-desk.ts';
import { paste } from './paste.ts';
import { timelineUntil } from './record-history.ts';
import { strangeMail } from './strange-mail.ts';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

const checkout = join(import.meta.dirname, '../../..');
const corpus = join(checkout, '../shared/corpora/eml');
const browser = process.env['KITH_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(corpus)) console.warn(`SKIPPED: the import of real mail, because ${corpus} is absent`);
if (!existsSync(browser)) console.warn(`SKIPPED: the live page, because there is no Chromium at ${browser}`);

let stack: WholeStack;
beforeAll(async () => {
  stack = await startWholeStack({ demo: true });
});
afterAll(() => stack[Symbol.asyncDispose]());

test('the commands of the README can be pasted', async () => {
  const outputs = await paste(stack, 'README.md', /accounts[. ]upsert|--input-type=module/);
  expect(outputs).toHaveLength(4);
  expect(outputs[0]).toMatch(/"deliveryId":"[0-9a-f-]{36}"}/);
  expect(outputs[1]).toMatch(
    /Connected first-whatsapp[\s\S]*\/webhooks\/meta\/first-whatsapp[\s\S]*verifyToken/,
  );
  expect(outputs[2]).toMatch(/Ana Lima[\s\S]*inbound A first webhook/);
  expect(outputs[3]?.trim().split('\n').length).toBeGreaterThanOrEqual(5);
}, 90_000);

test('the requests of the page on REST can be pasted', async () => {
  const [output = '', ...others] = await paste(stack, 'docs/rest.md', /\/v1\//);
  expect(others).toEqual([]);
  expect(output).toMatch(
    /^{"items":\[{"id":.*"channel":"email".*{"items":\[{"recordId":"93".*{"recordId":"rui"/s,
  );
});

test('records imported from a file without a column leave the other records what it identifies by', async () => {
  const conversations = async () => {
    const { conversationCount } = await stack.kith.read.records.get.query({ recordId: '93' });
    return conversationCount.linkedin;
  };
  const before = await conversations();
  expect(before).toBeGreaterThan(0);
  const file = join(stack.root, 'contacts.csv');
  await writeFile(file, 'id,name,email\nimported,Rui Lima,rui@imported.example\n');
  const kith = join(checkout, 'apps/cli/dist/main.js');
  const { code, output } = await stack.run('node', [kith, 'records', 'import', file]);
  expect(code, output).toBe(0);
  expect(output).toContain('Identified by: email (email)');
  expect(await conversations()).toBe(before);
});

test('the services measure what the page on monitoring says, and nothing else of Kith’s', async () => {
  const page = await readFile(join(checkout, 'docs/monitoring.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(kith_\w+)` \| \w+ \|[^|]*\| ([^|]*) \|/gm)];
  expect(rows.length).toBeGreaterThan(10);
  for (const [service, offset] of [
    ['query', 1] as const,
    ['resolver', 2] as const,
    ['ingest', 11] as const,
  ]) {
    const told = rows.filter(([, , services]) => services?.split(', ').includes(service));
    const metrics = await (await fetch(`http://127.0.0.1:${stack.portBase + offset}/metrics`)).text();
    const measured = [...metrics.matchAll(/^# TYPE (kith_\w+) /gm)].map(([, name]) => name);
    expect(measured.toSorted(), service).toEqual(told.map(([, name]) => name).toSorted());
  }
});

test('the webhook that the documents try without a provider is stored', async () => {
  const [output = '', ...others] = await paste(stack, 'docs/webhooks.md', /@kith\/sandbox/);
  expect(others).toEqual([]);
  expect(output).toMatch(/^200 /);
  expect(await outcomeOf(stack, /[0-9a-f-]{36}/.exec(output)?.[0])).toBe('stored');
});

test.skipIf(!existsSync(browser))(
  'a mail posted to the webhook shows up on the open page of its record',
  async () => {
    await connect(stack, 'page-mail');
    const chrome = await chromium.launch({
      executablePath: browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
    try {
      const page = await chrome.newPage();
      await page.goto(`${stack.local.urls.web}/#/records/93`);
      await page.getByRole('heading', { name: 'Ana Lima', level: 1 }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      const subject = 'Seen on the page at once';
      await post(stack, 'page-mail', mail('page', { From: 'ana@lima.example', Subject: subject }));
      await page.getByText(subject).first().waitFor({ timeout: 15_000 });
    } finally {
      await chrome.close();
    }
  },
  90_000,
);

test('a record upserted after its mail shows every conversation at once, and unlinking takes them away', async () => {
  const { read, write } = stack.kith;
  await connect(stack, 'late-mail');
  const first = await post(stack, 'late-mail', mail('late-1', { From: 'late@comer.example' }));
  const second = await post(stack, 'late-mail', mail('late-2', { Cc: 'Late Comer <late@comer.example>' }));
  expect([await outcomeOf(stack, first.deliveryId), await outcomeOf(stack, second.deliveryId)]).toEqual([
    'stored',
    'stored',
  ]);
  const fields = { email: 'Late@Comer.example' };
  expect(
    await write.records.upsert.mutate({
      pipeline: 'contacts',
      recordId: 'late',
      title: 'Late Comer',
      fields,
    }),
  ).toEqual({ recordId: 'late', linked: 1 });
  const { items } = await read.records.conversations.query({ recordId: 'late' });
  expect(items.map(({ subject }) => subject).toSorted()).toEqual(['About late-1', 'About late-2']);
  const [participant] = (await read.records.participants.query({ recordId: 'late' })).items;
  const participantId = participant?.id ?? '';
  expect(await write.participants.unlink.mutate({ participantId })).toMatchObject({ unlinked: true });
  expect((await read.records.conversations.query({ recordId: 'late' })).items).toEqual([]);
  await write.records.upsert.mutate({ pipeline: 'contacts', recordId: 'late', fields });
  expect((await read.records.timeline.query({ recordId: 'late' })).items).toEqual([]);
  expect(await write.participants.link.mutate({ participantId, recordId: 'late' })).toMatchObject({
    linked: true,
  });
  expect((await read.records.timeline.query({ recordId: 'late' })).items).toHaveLength(2);
});

test('bad input gets its documented answer, and everything beside it is stored', async () => {
  await connect(stack, 'bad-mail');
  const answers = {
    empty: await post(stack, 'bad-mail', ''),
    json: await post(stack, 'bad-mail', '{}', { 'content-type': 'application/json' }),
    large: await post(stack, 'bad-mail', Buffer.alloc(50_000_000, 'x')),
    wrongToken: await post(stack, 'bad-mail', mail('w'), { authorization: 'Bearer wrong-token' }),
    noToken: await post(stack, 'bad-mail', mail('n'), { authorization: '' }),
    unknownAccount: await post(stack, 'nobody-mail', mail('u')),
  };
  expect(Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]))).toEqual({
    empty: 400,
    json: 400,
    large: 413,
    wrongToken: 401,
    noToken: 401,
    unknownAccount: 404,
  });
  for (const { error, message } of Object.values(answers)) {
    expect(error).toMatch(/^[a-z_]+$/);
    expect(message?.length).toBeGreaterThan(20);
  }
});

test('a client that is still sending what is not wanted hears the answer', async () => {
  await connect(stack, 'large-mail');
  const large = Buffer.alloc(50_000_000, 'x');
  const answers: number[] = [];
  for (let round = 0; round < 20; round += 1) answers.push((await post(stack, 'large-mail', large)).status);
  expect(new Set(answers)).toEqual(new Set([413]));
});

test('strange mail is stored, or a dead letter with its reason, and the accounting adds up', async () => {
  await connect(stack, 'strange-mail');
  const found: Record<string, string> = {};
  for (const [name, { body }] of Object.entries(strangeMail)) {
    const answer = await post(stack, 'strange-mail', body);
    expect(answer.status, name).toBe(200);
    found[name] = await outcomeOf(stack, answer.deliveryId);
  }
  expect(found).toEqual(
    Object.fromEntries(Object.entries(strangeMail).map(([name, { outcome }]) => [name, outcome])),
  );
  const { accepted, stored, duplicate, ignored, deadLettered, pending } =
    await stack.kith.read.deliveries.accounting.query();
  expect(accepted).toBe(stored + duplicate + ignored + deadLettered + pending);
}, 60_000);

test.skipIf(!existsSync(corpus))(
  'every real mail is accounted for, and stores nothing new the second time',
  async () => {
    const program = join(checkout, 'apps/cli/dist/main.js');
    const importMail = async () => {
      const { output } = await stack.run(process.execPath, [program, 'import', 'mail', corpus, '--json']);
      return JSON.parse(output.slice(output.indexOf('{'))) as ImportSummary;
    };
    const files = (await readdir(corpus, { recursive: true })).filter((name) => name.endsWith('.eml'));
    const first = await importMail();
    expect(first.mails).toBe(files.length);
    expect(first.stored + first.duplicate + first.deadLettered.count).toBe(files.length);
    // The one file that begins with text and has no header at all.
    expect(first.deadLettered.count).toBe(1);
    const second = await importMail();
    expect(second.stored).toBe(0);
    expect(second.duplicate + second.deadLettered.count).toBe(files.length);
  },
  120_000,
);

interface ImportSummary {
  mails: number;
  stored: number;
  duplicate: number;
  deadLettered: { count: number };
}

/** Runs a command of the CLI; fails unless it ends well. */
async function runKith(...args: string[]): Promise<string> {
  const program = join(checkout, 'apps/cli/dist/main.js');
  const { code, output } = await stack.run(process.execPath, [program, ...args]);
  expect(code, output).toBe(0);
  return output;
}

test('a sync fills a record’s past, and after a clear the same sync gives the same timeline, whatever is killed', async () => {
  // The demo's history ends at the midnight before it began; what it goes on writing is newer.
  const { items: accounts } = await stack.kith.read.accounts.list.query();
  const beganAt = accounts.find(({ accountId }) => accountId === 'support-mail')?.createdAt ?? '';
  const until = `${beganAt.slice(0, 10)}T00:00:00.000Z`;
  const timeline = () => timelineUntil(stack, '93', until);
  const filesPending = async (): Promise<number> =>
    (await timeline()).flatMap(({ attachments }) => attachments).filter(({ state }) => state === 'pending')
      .length;
  const before = await timeline();
  const printed = await runKith('sync', '--record-id', '93');
  expect(printed).toMatch(/Syncing +\d+%/);
  expect(printed).toMatch(
    /✓ jo-linkedin [\s\S]*✓ nora-whatsapp [\s\S]*– sales-whatsapp [\s\S]*✓ team-mailbox /,
  );
  await expect.poll(filesPending, { timeout: 20_000 }).toBe(0);
  const filled = await timeline();
  expect(filled.length).toBeGreaterThan(before.length + 10);
  const ids = new Set(filled.map(({ id }) => id));
  expect(before.filter(({ id }) => !ids.has(id))).toEqual([]);
  const { coverage } = await stack.kith.read.records.get.query({ recordId: '93' });
  expect(coverage.map(({ accountId, state }) => `${accountId} ${state}`)).toEqual(
    expect.arrayContaining(['jo-linkedin complete', 'team-mailbox complete', 'sales-whatsapp not_possible']),
  );
  expect(await runKith('clear', '--all')).toContain('--confirm');
  expect(await timeline()).toEqual(filled);
  await runKith('clear', '--all', '--confirm');
  expect(await timeline()).toEqual([]);
  const syncId = (await runKith('sync', '--record-id', '93', '--no-wait')).trim();
  for (const name of ['ingest-email', 'ingest-whatsapp', 'resolver', 'nats', 'ingest-linkedin'])
    await stack.kill(name);
  await runKith('sync', '--sync-id', syncId);
  await expect.poll(filesPending, { timeout: 30_000 }).toBe(0);
  expect(await timeline()).toEqual(filled);
  expect(await runKith('verify', '--record-id', '93')).toContain('Everything holds');
}, 180_000);

test('no log holds an address, a token or a subject', async () => {
  const folder = join(stack.root, '.kith/logs');
  const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const text = logs.join('\n');
  expect(text.length).toBeGreaterThan(500);
  expect(text).not.toMatch(/@lima\.example|@whole\.example|About late|choose-your-own/);
  expect(text).not.toContain(token);
  expect(text).not.toContain(stack.local.apiKey);
});

test('after all of it, and while the demo goes on, every invariant holds: everywhere and of a record', async () => {
  const kith = join(checkout, 'apps/cli/dist/main.js');
  const all = await stack.run('node', [kith, 'verify', '--all']);
  expect(all.output).toMatch(/100%[\s\S]*✓ Everything holds: \d+ checks\.\n$/);
  expect(all.code).toBe(0);
  const { output } = await stack.run('node', [kith, 'verify', '--record-id', '93']);
  expect(output).toMatch(
    /Record 93: Ana Lima[\s\S]*Known by[\s\S]*ana@lima\.example[\s\S]*✓ Every message is in/,
  );
  // Of what is shown page by page, a message that arrives meanwhile may make two answers differ.
  expect(output.slice(output.indexOf('\nLinks\n'))).not.toContain('  ✗');
}, 60_000);

test('every event that all of it made is as docs/asyncapi.json says', async () => {
  const log = createLog({ name: 'whole-stack-test', level: 'silent' });
  await using bus = await openBus({ url: stack.local.natsUrl, name: 'whole-stack-test', log });
  const contract = openEventContract();
  const ending = new AbortController();
  const problems: string[] = [];
  const types = new Set<string>();
  const following = bus.follow({
    stream: eventsStream,
    subject: 'kith.events.>',
    signal: ending.signal,
    onMessage: ({ subject, payload }) => {
      const event = JSON.parse(Buffer.from(payload).toString()) as { type: string };
      types.add(event.type);
      problems.push(...contract.problemsOf(subject, event));
    },
  });
  await following.caughtUp(30_000);
  ending.abort();
  await following.done;
  expect(problems.slice(0, 5)).toEqual([]);
  expect([...types]).toEqual(
    expect.arrayContaining(['message.recorded', 'participant.linked', 'record.activity', 'sync.completed']),
  );
  expect(types.size).toBeGreaterThan(12);
}, 60_000);
