import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createFileLinks } from './file-links.ts';

const key = randomBytes(32).toString('base64');
const file = { workspace: 'acme', attachmentId: '0b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa' };
const start = Date.parse('2026-11-26T12:00:00.250Z');
const linksAt = (ms: number, of = key) => createFileLinks(of, () => new Date(start + ms));
const tokenOf = ({ path }: { path: string }): string => path.replace('/files/', '');

test('a link leads to its file for ten minutes, in every process with the key, and is then known to be over', () => {
  const { path, expiresAt } = linksAt(0).seal(file);
  expect(expiresAt).toBe('2026-11-26T12:10:00.000Z');
  const token = tokenOf({ path });
  expect(linksAt(0).open(token)).toEqual(file);
  expect(linksAt(10 * 60_000 - 251).open(token)).toEqual(file);
  expect(linksAt(10 * 60_000 - 250).open(token)).toBe('expired');
});

test('a link of another key, and one that was changed anywhere, is none', () => {
  const token = tokenOf(linksAt(0).seal(file));
  expect(linksAt(0, randomBytes(32).toString('base64')).open(token)).toBe('unknown');
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === '1' ? '2' : '1';
    expect(linksAt(0).open(token.slice(0, at) + other + token.slice(at + 1))).toBe('unknown');
  }
});

test('the parts of a link cannot be taken to another workspace, file or end', () => {
  const [workspace, attachmentId, seconds = '', seal] = tokenOf(linksAt(0).seal(file)).split('.');
  const open = (...parts: (string | undefined)[]) => linksAt(0).open(parts.join('.'));
  expect(open(workspace, attachmentId, seconds, seal)).toEqual(file);
  expect(open('globex', attachmentId, seconds, seal)).toBe('unknown');
  expect(open(workspace, '1b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa', seconds, seal)).toBe('unknown');
  expect(open(workspace, attachmentId, String(Number(seconds) + 600), seal)).toBe('unknown');
  for (const text of ['', '....', 'x', 'a'.repeat(100_000)]) expect(linksAt(0).open(text)).toBe('unknown');
});
