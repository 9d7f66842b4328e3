import { expect, test } from 'vitest';
import { type MboxMail, splitMbox } from './mbox.ts';

const fromLine = 'From ana@lima.example Sun Nov 22 16:59:00 2026';

/** Splits `text`, given in chunks of `chunkBytes`, so that lines are cut anywhere. */
async function split(text: string, options: { chunkBytes?: number; mailBytesMax?: number } = {}) {
  const { chunkBytes = 7, mailBytesMax = 10_000 } = options;
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const mails: MboxMail[] = [];
  for await (const mail of splitMbox(chunks(), { mailBytesMax })) mails.push(mail);
  return mails;
}

const textsOf = (mails: MboxMail[]) => mails.map(({ bytes }) => bytes?.toString() ?? null);

test('each mail comes out with the bytes it had, without the lines of the mbox', async () => {
  const mails = await split(`${fromLine}\nSubject: 1\n\nOne\n\n${fromLine}\nSubject: 2\n\nTwo é\n\n`);
  expect(textsOf(mails)).toEqual(['Subject: 1\n\nOne\n', 'Subject: 2\n\nTwo é\n']);
  expect(mails.map(({ number }) => number)).toEqual([1, 2]);
});

test('CRLF line ends stay as they are', async () => {
  const mails = await split(
    `${fromLine}\r\nSubject: 1\r\n\r\nOne\r\n\r\n${fromLine}\r\nSubject: 2\r\n\r\nTwo\r\n`,
  );
  expect(textsOf(mails)).toEqual(['Subject: 1\r\n\r\nOne\r\n', 'Subject: 2\r\n\r\nTwo\r\n']);
});

test('quoted "From " lines lose exactly one ">", other quotes none', async () => {
  const [mail] = await split(`${fromLine}\nSubject: 1\n\n>From me\n>>From you\n> From far\n>Fromage\n`);
  expect(mail?.bytes?.toString()).toBe('Subject: 1\n\nFrom me\n>From you\n> From far\n>Fromage\n');
});

test('a sentence that begins with "From " does not cut a mail', async () => {
  const body = 'Hello\nFrom here on: 12:30, 2026\n\nFrom what I see it works.\n';
  expect(textsOf(await split(`${fromLine}\nSubject: 1\n\n${body}`))).toEqual([`Subject: 1\n\n${body}`]);
});

test.each([
  'From - Sun Nov 22 16:59:00 2026',
  'From 1849034568@xxx Sun Nov 22 16:59:00 +0000 2026',
  'From MAILER-DAEMON Sun Nov 22 16:59:00 2026',
  'From ana@lima.example 2026-11-22 16:59:00',
  'From ana@lima.example',
  'From ',
])('%s begins a mail', async (line) => {
  expect(await split(`${line}\nSubject: 1\n\nOne\n\n${line}\nSubject: 2\n\nTwo\n`)).toHaveLength(2);
});

test('the split does not depend on where chunks are cut', async () => {
  const text = `${fromLine}\nSubject: 1\n\n>From x\n\n${fromLine}\nSubject: 2\n\nTwo`;
  const whole = textsOf(await split(text, { chunkBytes: text.length }));
  for (let chunkBytes = 1; chunkBytes < 60; chunkBytes += 1) {
    expect(textsOf(await split(text, { chunkBytes }))).toEqual(whole);
  }
});

test('a mail larger than allowed is counted, and the next one is read', async () => {
  const big = `Subject: 1\n\n${'x'.repeat(5_000)}\n${'y\n'.repeat(3_000)}`;
  const mails = await split(`${fromLine}\n${big}\n${fromLine}\nSubject: 2\n\nTwo\n`, { mailBytesMax: 4_000 });
  expect(textsOf(mails)).toEqual([null, 'Subject: 2\n\nTwo\n']);
  expect(mails[0]?.size).toBeGreaterThan(10_000);
});

test('an empty file holds no mail', async () => {
  expect(await split('')).toEqual([]);
  expect(await split('\n\n')).toEqual([]);
});
