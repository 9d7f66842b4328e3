import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs `kith` in a folder where no Kith is known, with nothing of Kith in its environment. */
async function kith(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

const nowhere = [
  '--query-url',
  'http://127.0.0.1:9',
  '--resolver-url',
  'http://127.0.0.1:9',
  '--api-key',
  'k',
];

test('--help lists every command and succeeds', async () => {
  const { code, out } = await kith('--help');
  expect(code).toBe(0);
  for (const name of [
    'up',
    'demo',
    'import',
    'records',
    'accounts',
    'keys',
    'verify',
    'accounting',
    'dead-letters',
    'clear',
    'erase',
    'doctor',
  ]) {
    expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
});

test.each([
  [['acounting'], "unknown command 'acounting'"],
  [['accounting', '--jsn'], "unknown option '--jsn'"],
  [['verify'], 'give --record-id <id>, or --all for the whole workspace'],
  [['verify', '--all', '--record-id', '93'], "option '--all' cannot be used with option '--record-id <id>'"],
  [['dead-letters', 'replay'], 'give --account, --reason or --all'],
  [['dead-letters', 'replay', 'x', '--all'], 'give --account, --reason or --all'],
  [['import', 'mail'], "missing required argument 'path'"],
])('%j is refused with the reason and a hint', async (args, reason) => {
  const { code, out, err } = await kith(...args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(reason);
  expect(err).toContain('kith --help');
});

test('without any Kith in sight, one line says what to do', async () => {
  const { code, err } = await kith('accounting');
  expect(code).toBe(1);
  expect(err).toBe(
    'kith: No Kith is known here: start one with "npm start" in its folder, or give --query-url.\n',
  );
});

test('a service that does not answer is named by its address', async () => {
  const { code, err } = await kith('verify', '--record-id', '93', ...nowhere);
  expect(code).toBe(1);
  expect(err).toBe('kith: http://127.0.0.1:9 does not answer: is Kith running? Start it with "npm start".\n');
});

test('the stack of an error is shown on demand only', async () => {
  expect((await kith('accounting', ...nowhere)).err).not.toContain(' at ');
  expect((await kith('accounting', '--debug', ...nowhere)).err).toContain(' at ');
});

test('a local.json that cannot be read is named', async () => {
  await mkdir(join(folder, '.kith'), { recursive: true });
  await writeFile(join(folder, '.kith', 'local.json'), '{');
  const { code, err } = await kith('accounting');
  await rm(join(folder, '.kith'), { recursive: true });
  expect(code).toBe(1);
  expect(err).toMatch(/local\.json cannot be read: delete it and run "npm start" again\.\n$/);
});

test('the doctor finds what is missing, says what to do, and fails', async () => {
  const { code, out } = await kith('doctor', ...nowhere);
  expect(code).toBe(1);
  expect(out).toMatch(/^✓ Node: v/m);
  expect(out).toMatch(/^✗ local\.json: .* → run "npm start"/m);
  expect(out).toMatch(/^✗ query: http:\/\/127\.0\.0\.1:9: .* → start Kith/m);
  // Not a terminal, so no colours.
  expect(out).not.toContain('\u001b[');
});

test('an import of what is not there, or is no mail, fails before anything is sent', async () => {
  expect((await kith('import', 'mail', 'nothing', ...nowhere)).err).toContain('nothing does not exist');
  await mkdir(join(folder, 'empty'), { recursive: true });
  expect((await kith('import', 'mail', 'empty', ...nowhere)).err).toContain('holds no .eml or .mbox file');
  await writeFile(join(folder, 'r.txt'), '');
  expect((await kith('records', 'import', 'r.txt', ...nowhere)).err).toContain('give a .csv or a .json file');
});
