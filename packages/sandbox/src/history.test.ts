import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { demoMail, demoThreads } from './history.ts';
import { buildMail } from './mail/build-mail.ts';
import { buildPostmarkBody } from './mail/postmark-body.ts';
import { demoPipelines, demoRecords } from './records.ts';
import { sharedAddress, strangers } from './story/people.ts';

const anchor = '2026-11-22T00:00:00.000Z';
const history = demoMail(anchor);
const records = demoRecords().flatMap((pipeline) => pipeline.records);
const addressesOf = (record: (typeof records)[number]): string[] => [record.fields.email].flat();

describe('the history', () => {
  test('is the same, byte for byte, on every run with one anchor', () => {
    const again = demoMail(anchor);
    expect(again.map(({ mail }) => buildMail(mail).toString('base64'))).toEqual(
      history.map(({ mail }) => buildMail(mail).toString('base64')),
    );
  });

  test('keeps its message ids when the anchor moves', () => {
    const later = demoMail('2027-03-01T00:00:00.000Z');
    const ids = (mails: typeof history) => mails.map(({ mail }) => mail.messageId);
    expect(ids(later)).toEqual(ids(history));
  });

  test('has some hundred mails of the last 120 days, oldest first, none after the anchor', () => {
    expect(history.length).toBeGreaterThanOrEqual(400);
    expect(history.length).toBeLessThanOrEqual(600);
    const dates = history.map(({ mail }) => mail.date);
    expect(dates).toEqual(dates.toSorted());
    expect(dates.every((date) => date <= anchor)).toBe(true);
    expect(Date.parse(anchor) - Date.parse(dates[0] ?? '')).toBeLessThan(121 * 86_400_000);
  });

  test('holds what a demo must show', () => {
    const mails = history.map(({ mail }) => mail);
    const from = (address: string) => mails.filter((mail) => mail.from.address === address).length;
    expect(from('ana@lima.example')).toBeGreaterThan(3);
    expect(from(sharedAddress)).toBeGreaterThan(0);
    expect(strangers.every((stranger) => from(stranger.address) > 0)).toBe(true);
    expect(mails.some((mail) => mail.from.address.endsWith('@acme.example'))).toBe(true);
    expect(mails.some((mail) => mail.subject.startsWith('Fwd: '))).toBe(true);
    expect(mails.some((mail) => mail.headers?.some(([name]) => name === 'List-Id'))).toBe(true);
    expect(new Set(history.map(({ account }) => account)).size).toBe(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBeLessThan(mails.length);
  });

  test('parses back mail by mail: people, subject, text, files and thread', async () => {
    for (const { mail } of history) {
      const parsed = await PostalMime.parse(buildMail(mail));
      expect(parsed.subject).toBe(mail.subject);
      expect(parsed.from).toMatchObject({ name: mail.from.name ?? '', address: mail.from.address });
      expect(parsed.to?.map(({ address }) => address)).toEqual(mail.to.map(({ address }) => address));
      expect(parsed.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(mail.text);
      expect(parsed.inReplyTo).toBe(mail.inReplyTo === undefined ? undefined : `<${mail.inReplyTo}>`);
      expect(parsed.attachments.map(({ filename }) => filename)).toEqual(
        (mail.attachments ?? []).map(({ name }) => name),
      );
    }
  });
});

describe('a thread', () => {
  test('goes forward in time, and each reply refers to all before it', () => {
    for (const { mails } of demoThreads(anchor)) {
      for (const [index, mail] of mails.entries()) {
        const earlier = mails.slice(0, index);
        expect(earlier.every(({ date }) => date < mail.date)).toBe(true);
        expect(mail.references ?? []).toEqual(earlier.map(({ messageId }) => messageId));
        expect(mail.inReplyTo).toBe(earlier.at(-1)?.messageId);
      }
    }
  });

  test('joins several records now and then', () => {
    expect(demoThreads(anchor).filter(({ colleague }) => colleague !== null).length).toBeGreaterThan(5);
  });
});

describe('the records', () => {
  test('are fifty contacts and ten leads with ids of their own; 93 is Ana Lima', () => {
    expect(demoRecords().map((pipeline) => pipeline.records.length)).toEqual([50, 10]);
    expect(new Set(records.map(({ recordId }) => recordId)).size).toBe(60);
    const ana = records.find(({ recordId }) => recordId === '93');
    expect(ana).toMatchObject({ title: 'Ana Lima', fields: { email: 'ana@lima.example' } });
    expect(demoPipelines().map(({ pipeline }) => pipeline)).toEqual(['contacts', 'leads']);
  });

  test('share exactly one address, and some have two', () => {
    const addresses = records.flatMap(addressesOf);
    const shared = addresses.filter((address, index) => addresses.indexOf(address) !== index);
    expect(shared).toEqual([sharedAddress]);
    expect(records.filter((record) => addressesOf(record).length === 2).length).toBeGreaterThan(2);
  });
});

test('the Postmark body carries the thread in its headers and the files in base64', () => {
  const reply = history.find(({ mail }) => mail.inReplyTo !== undefined && mail.attachments !== undefined);
  if (reply === undefined) throw new Error('the history has no reply with a file');
  const body: unknown = JSON.parse(buildPostmarkBody(reply.mail));
  expect(body).toMatchObject({
    FromFull: { Email: reply.mail.from.address },
    Subject: reply.mail.subject,
    Headers: [
      { Name: 'Message-ID', Value: `<${reply.mail.messageId}>` },
      { Name: 'In-Reply-To', Value: `<${reply.mail.inReplyTo}>` },
      { Name: 'References' },
    ],
    Attachments: [{ Name: reply.mail.attachments?.[0]?.name }],
  });
});
