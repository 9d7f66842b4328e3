/*
 * The forms of SendGrid and Mailgun that another project captured: each is what it says it is, to the last file.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ParsedItem, Provider } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { asDelivered, itemsOf } from '../test/forms.ts';
import { namedIn } from '../test/mails.ts';
import { findShared } from '../test/shared-files.ts';
import { mailgun } from './providers/mailgun.ts';
import { sendgrid } from './providers/sendgrid.ts';

const Headers = z.object({ 'content-type': z.string() });

async function itemsIn(provider: Provider, file: string): Promise<ParsedItem[]> {
  const beside = file.replace(/\.form$/, '.headers.json');
  const contentType =
    file.endsWith('.form') && existsSync(beside)
      ? Headers.parse(JSON.parse(readFileSync(beside, 'utf8')))['content-type']
      : 'application/json';
  return itemsOf(provider, { body: readFileSync(file), contentType });
}

function shown(item: ParsedItem): unknown {
  expect(asDelivered(item)).toMatchObject({ success: true });
  if (item.kind !== 'message') return item;
  const files = item.attachments.map((file) => {
    const size = 'bytes' in file ? file.bytes.byteLength : file.media.size;
    return [file.name, file.type, size, file.contentId].filter((value) => value !== null).join(' ');
  });
  const { subject, text, sentAt } = item;
  const html = item.html === null ? null : Buffer.from(item.html).toString('utf8').trim();
  return { people: namedIn(item), subject, text, html, sentAt, files };
}

async function allIn(provider: Provider, folder: string): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const name of readdirSync(folder).filter((file) => !file.endsWith('.headers.json'))) {
    const items = await itemsIn(provider, `${folder}/${name}`);
    all[basename(name).replace(/^anymail-inbound-/, '')] = items.map(shown);
  }
  return all;
}

const nobody = { people: [], subject: null, text: '', html: null, sentAt: null };
const files = [
  'test.txt text/plain 15',
  'image.png image/png 579 abc123',
  'forwarded.msg message/rfc822 1195',
];
const unnamed = (numbers: readonly number[]) => numbers.map((n) => `attachment-${n} text/pdf 7`);
const basics = {
  people: [
    'from from+test@example.org',
    'to test@inbound.example.com',
    'to other@example.com',
    'cc cc@example.com',
  ],
  subject: 'Test subject',
  text: 'Test body plain',
  html: '<div>Test body html</div>',
  sentAt: '2017-10-12T01:31:04.000Z',
  files: [],
};
const raw = {
  people: ['from test@example.org', 'to test@inbound.example.com'],
  subject: 'Raw MIME test',
  text: "It's a body…",
  html: `<div dir="ltr">It's a body…</div>`,
  sentAt: '2017-10-13T01:03:30.000Z',
  files: [],
};

const ofSendgrid = findShared('corpora/sendgrid');
const ofMailgun = findShared('corpora/mailgun');

describe('captured forms', () => {
  test.runIf(ofSendgrid.isPresent)('of SendGrid are the mails that they say', async () => {
    expect(await allIn(sendgrid, ofSendgrid.path)).toEqual({
      'attachments.form': [{ ...nobody, files }],
      'filtered_attachment_filenames.form': [{ ...nobody, files: unnamed([1, 2, 3, 4, 5, 6, 7, 8]) }],
      'inbound_basics.form': [basics],
      'inbound_charsets.form': [
        {
          people: ['from sender@example.com', 'to inbound@sg.example.com'],
          subject: 'Como usted pidió',
          text: 'Test the ESP’s inbound charset handling…',
          html: '<p>¿Esto se ve como esperabas?</p>',
          sentAt: '2020-07-24T16:43:46.000Z',
          files: [],
        },
      ],
      'inbound_mime.form': [raw],
    });
  });

  test.runIf(ofMailgun.isPresent)('of Mailgun are the mails and events that they say', async () => {
    const event = (name: string) => ({
      kind: 'ignored',
      reason: 'not_a_conversation_event',
      detail: `Mailgun event "${name}"`,
    });
    expect(await allIn(mailgun, ofMailgun.path)).toEqual({
      'attachments.form': [{ ...nobody, files }],
      'filtered_attachment_filenames.form': [{ ...nobody, files: unnamed([1, 2, 3, 4, 5, 6, 7, 8]) }],
      'inbound_basics.form': [basics],
      'inbound_mime.form': [raw],
      'misconfigured_store_action.form': [
        {
          ...nobody,
          people: ['from envelope-from@example.org', 'to test@inbound.example.com'],
          text: 'Test body plain',
          html: '<div>Test body html</div>',
          files: ['attachment.pdf application/pdf 20202'],
        },
      ],
      'misconfigured_tracking.json': [event('clicked')],
      'misconfigured_tracking_legacy.form': [event('delivered')],
      'unusual_content_id_map.form': [
        {
          ...nobody,
          files: ['', '', ' abc', ' abc'].map(
            (id, i) => `attachment-${i + 1} application/octet-stream 4${id}`,
          ),
        },
      ],
    });
  });

  test.runIf(ofSendgrid.isPresent && ofMailgun.isPresent)('keep the bytes of their files', async () => {
    const hashes = await Promise.all(
      [
        itemsIn(sendgrid, `${ofSendgrid.path}/anymail-inbound-attachments.form`),
        itemsIn(mailgun, `${ofMailgun.path}/anymail-inbound-attachments.form`),
      ].map(async (items) => {
        const [item] = await items;
        const kept = item?.kind === 'message' ? item.attachments : [];
        return kept.map((file) =>
          'bytes' in file ? createHash('sha256').update(file.bytes).digest('hex') : '',
        );
      }),
    );
    expect(hashes[0]).toHaveLength(3);
    expect(hashes[0]).toEqual(hashes[1]);
    // The PNG ends as every PNG does.
    const [item] = await itemsIn(sendgrid, `${ofSendgrid.path}/anymail-inbound-attachments.form`);
    const png = item?.kind === 'message' ? item.attachments[1] : undefined;
    expect(png !== undefined && 'bytes' in png && Buffer.from(png.bytes).toString('latin1').slice(-8)).toBe(
      'IEND\xaeB`\x82',
    );
  });
});
