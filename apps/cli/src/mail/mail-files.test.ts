import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMailFiles, readMails } from './mail-files.ts';

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'kith-mail-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('a folder gives its .eml and .mbox files, at any depth, and says what it left out', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'sub'));
  await mkdir(join(folder.path, '.hidden'));
  await writeFile(join(folder.path, 'b.EML'), 'Subject: b\n\nb');
  await writeFile(
    join(folder.path, 'sub', 'a.mbox'),
    'From a@b\nSubject: 1\n\n1\n\nFrom a@b\nSubject: 2\n\n2\n',
  );
  await writeFile(join(folder.path, '.hidden', 'c.eml'), 'x');
  await writeFile(join(folder.path, 'old.msg'), 'x');
  const { files, skipped } = await findMailFiles(folder.path);
  expect(skipped.map(({ name }) => name)).toEqual(['old.msg']);
  const mails = [];
  for await (const { name, bytes } of readMails(files)) mails.push([name, bytes?.toString()]);
  expect(mails).toEqual([
    ['b.EML', 'Subject: b\n\nb'],
    [join('sub', 'a.mbox#1'), 'Subject: 1\n\n1\n'],
    [join('sub', 'a.mbox#2'), 'Subject: 2\n\n2\n'],
  ]);
});

test('a mailbox without an extension is known by its first line', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'Inbox');
  await writeFile(path, 'From - Sun Nov 22 16:59:00 2026\nSubject: 1\n\n1\n');
  expect((await findMailFiles(path)).files).toMatchObject([{ name: 'Inbox', kind: 'mbox' }]);
});

test('a path that does not exist is told in one line', async () => {
  await expect(findMailFiles('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all does not exist');
});
