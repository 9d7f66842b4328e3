/*
 * A legacy CRM into the whole of Kith by the built program: a report that names everything that is not in order, a run
 * that is killed and started again, a verification that counts both sides, and a rollback.
 */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript } from '@kith/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFailure } from '../src/failure.ts';
import { Mapping } from '../src/migrate/mapping.ts';
import { openOldSystem } from '../src/migrate/old-system.ts';
import { createLegacyDatabase, expectedFindings, onServer } from './legacy-database.ts';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

const whale = 2_600;
/** All of the fixture's messages, and those of them that cannot be placed. */
const [messages, broken] = [whale + 14, 2];

let stack: WholeStack;
let from: string;
let mapping: string;
beforeAll(async () => {
  stack = await startWholeStack({ demo: false });
  from = await createLegacyDatabase(stack.local.databaseUrl, { whale });
  mapping = join(stack.root, 'mapping.json');
  await writeFile(mapping, '// Ours.\n{ "own": ["desk@acme.example", "+44 20 7946 0958"] }');
});
afterAll(() => stack[Symbol.asyncDispose]());

const program = 'apps/cli/dist/main.js';
const migrate = (...args: string[]) => stack.run(process.execPath, [program, 'migrate', 'legacy', ...args]);
const fromOld = (...args: string[]) => migrate('--from', from, '--mapping', mapping, ...args);

/** The only JSON document of an output; what stands beside it went to stderr. */
function jsonIn(output: string): unknown {
  return JSON.parse(output.slice(output.indexOf('{\n'), output.lastIndexOf('}') + 1));
}

const accounting = () => stack.kith.read.deliveries.accounting.query();

async function linkOf(query: string) {
  const { items } = await stack.kith.read.participants.search.query({ query, limit: 1 });
  return items[0] === undefined ? null : [items[0].status, items[0].recordId, items[0].method];
}

test('a source that cannot be migrated from is told in one line, with what to do', async () => {
  const { databaseUrl } = stack.local;
  const bare = onServer(databaseUrl, 'bare');
  await runScript(databaseUrl, 'create database bare');
  await runScript(databaseUrl, "create role reader login password 'reader'");
  const asReader = new URL(from);
  [asReader.username, asReader.password] = ['reader', 'reader'];
  const wrongPassword = new URL(from);
  wrongPassword.password = 'wrong';
  const odd = { participants: { email: 'mail' }, messages: { createdAt: 'content' } };
  const cases: [url: string, mapping: object, message: RegExp][] = [
    ['mysql://x/y', {}, /--from: give the URL/],
    ['postgres://postgres@127.0.0.1:9/none', {}, /nothing listens there/],
    [wrongPassword.href, {}, /the password is wrong/],
    [onServer(databaseUrl, 'absent'), {}, /no database of that name/],
    [bare, {}, /records\.table: there is no table "public"\."pipelines_record"/],
    [asReader.href, {}, /grant select on "public"\."communications_message"/],
    [from, odd, /participants\.email: .* has no column mail; there are id, /],
    [from, { messages: { createdAt: 'content' } }, /messages\.createdAt: is of the type text/],
    [from, { messages: { sender: 'content' } }, /messages\.sender: is of the type text and participants\.id/],
  ];
  for (const [url, given, message] of cases) {
    const opened = openOldSystem(url, Mapping.parse(given)).catch((err: unknown) => describeFailure(err));
    expect(await opened).toMatch(message);
  }
  const { code, output } = await migrate('--from', bare);
  expect([code, output]).toEqual([
    1,
    expect.stringMatching(/^kith: The database is not as the mapping says/),
  ]);
});

interface ReportJson {
  counts: { messages: number };
  links: Record<string, number>;
  findings: { code: string; count: number; examples: string[] }[];
}

test('the report names everything that is not in order, and changes nothing', async () => {
  const { code, output } = await fromOld('--dry-run', '--json', '--records');
  const report = jsonIn(output) as ReportJson;
  const counts = Object.fromEntries(report.findings.map(({ code: kind, count }) => [kind, count]));
  expect(counts).toEqual(expectedFindings);
  expect(code).toBe(1);
  expect(report.counts.messages).toBe(messages);
  expect(report.links).toEqual({ decided: 1, byRule: 4, adopted: 1, dropped: 3 });
  expect(output).not.toMatch(/lima\.example|Ana/);
  expect(await stack.kith.read.accounts.list.query()).toEqual({ items: [] });
});

/** The mail that the old system has as well, as its provider posts it. */
async function postTheOffer(): Promise<void> {
  const secrets = { token: 'a-token-for-tests' };
  const account = { accountId: 'desk', channel: 'email', provider: 'mime', secrets } as const;
  await stack.kith.write.accounts.upsert.mutate({ ...account, identifiers: ['desk@acme.example'] });
  const headers = ['From: Ana <ana@lima.example>', 'To: desk@acme.example', 'Subject: An offer'];
  const ids = ['Message-ID: <offer-1@lima.example>', 'Date: Sun, 01 Mar 2026 10:00:00 +0000'];
  const answer = await fetch(`${stack.local.urls.ingestEmail}/webhooks/mime/desk`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-token-for-tests', 'content-type': 'message/rfc822' },
    body: `${[...headers, ...ids].join('\r\n')}\r\n\r\nMay I have\r\nan offer?\r\n`,
  });
  expect(answer.status).toBe(200);
  await expect.poll(async () => (await accounting()).stored, { timeout: 20_000 }).toBe(1);
}

/** Runs the migration until some of it is stored, and kills it. */
async function killMidway(): Promise<void> {
  const args = ['migrate', 'legacy', '--from', from, '--mapping', mapping, '--records'];
  const child = spawn(process.execPath, [program, ...args], { cwd: stack.root, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stored = async () => (await accounting()).stored;
  await expect.poll(stored, { timeout: 30_000, interval: 20 }).toBeGreaterThan(500);
  child.kill('SIGKILL');
  await ended;
}

interface RunJson {
  run: { recordsCreated: number; links: { decided: number } };
  verification: { addsUp: boolean; checks: { name: string; isOk: boolean; detail: string }[] };
}

test('a run that was killed goes on, counts everything once, and adds up', async () => {
  await postTheOffer();
  await killMidway();
  const { code, output } = await fromOld('--records', '--json');
  const { run, verification } = jsonIn(output) as RunJson;
  expect(verification.checks.filter(({ isOk }) => !isOk)).toEqual([]);
  expect([code, verification.addsUp, run.links.decided]).toEqual([0, true, 2]);
  const { accepted, stored, duplicate, pending, deadLettered } = await accounting();
  // Twice: the offer that came by its provider as well, and the message that the old system has two rows of.
  expect([accepted, stored, duplicate]).toEqual([1 + messages - broken, messages - broken - 1, 2]);
  expect([pending, deadLettered]).toEqual([0, 0]);
}, 120_000);

test('the participants are the only link: what disagreed is decided by the design, or waits for a person', async () => {
  const links = {
    'ana@lima.example': ['linked', '1', 'record_identifier_match'],
    '+46855501066': ['linked', '2', 'sync_identifier_match'],
    'https://www.linkedin.com/in/cleo-roux': ['linked', '3', 'sync_identifier_match'],
    'dan@work.example': ['linked', '4', 'legacy'],
    'dora@lost.example': ['unlinked', null, null],
    'eve@new.example': ['linked', '2', 'legacy'],
    'flo@new.example': ['unlinked', null, null],
    'ida@new.example': ['unlinked', null, null],
    'desk@acme.example': ['internal', null, null],
  };
  for (const [query, link] of Object.entries(links))
    expect([query, await linkOf(query)]).toEqual([query, link]);
  const { items } = await stack.kith.read.records.timeline.query({ recordId: '1' });
  expect(items.map(({ direction, text, html }) => [direction, text, html])).toEqual([
    ['outbound', 'Here it is.\n\nYours & sincerely', true],
    ['inbound', expect.stringContaining('May I have'), false],
  ]);
});

test('what the old system wrote since a time can be left out of it', async () => {
  await runScript(
    from,
    "insert into communications_message values (900000, 'li.2', 102, 13, 'inbound', 'Encore', null, now())",
  );
  const earlier = await fromOld('--verify', '--before', '2026-06-01', '--sample', '50');
  expect([earlier.code, earlier.output]).toEqual([0, expect.stringContaining('It adds up')]);
}, 60_000);

test('a rollback leaves nothing of it, and the migration can be run again', async () => {
  const { code, output } = await migrate('--rollback', '--json');
  expect(code, output).toBe(0);
  expect(jsonIn(output)).toMatchObject({ decisions: 2, kept: 0, records: 5 });
  const { items } = await stack.kith.read.participants.search.query({});
  expect(items.map(({ identifier, status }) => [identifier, status]).toSorted()).toEqual([
    ['ana@lima.example', 'unlinked'],
    ['desk@acme.example', 'internal'],
  ]);
  expect(await stack.kith.read.records.search.query({})).toEqual({ items: [], nextCursor: null });
  const { conversations } = await stack.kith.read.stats.overview.query();
  expect(conversations).toEqual({ email: 1, whatsapp: 0, linkedin: 0 });
  expect((await fromOld('--verify')).code).toBe(1);
  const again = await fromOld('--records', '--json');
  expect([again.code, (jsonIn(again.output) as RunJson).run.links.decided]).toEqual([0, 2]);
}, 120_000);
