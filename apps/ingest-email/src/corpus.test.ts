/*
 * Mails that other projects met in the field and kept. Every one is a message, unless it has no header at all.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DeliveryItem } from '@kith/contracts';
import type { ParsedItem, Provider } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { findShared, printTable } from '../test/shared-files.ts';
import { readOne } from '../test/read-one.ts';
import { mime } from './providers/mime.ts';
import { postmark } from './providers/postmark.ts';

const mails = findShared('corpora/eml');
const payloads = findShared('corpora/postmark');

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const read = (provider: Provider, file: string): Promise<ParsedItem> => readOne(provider, readFileSync(file));

const reasonOf = (item: ParsedItem): string => ('reason' in item ? item.reason : item.kind);

describe('the corpora', () => {
  test.runIf(mails.isPresent)('every mail with a header is a message that the contracts allow', async () => {
    const unreadable: { file: string; kind: string; reason: string }[] = [];
    for (const file of filesIn(mails.path)) {
      const item = await read(mime, file);
      if (item.kind === 'message') expect(asDelivered(item), file).toMatchObject({ success: true });
      else unreadable.push({ file: basename(file), kind: item.kind, reason: reasonOf(item) });
    }
    printTable(unreadable);
    // This one is the body of a digest, without a header.
    expect(unreadable.map(({ file }) => file)).toEqual(['msg_19.eml']);
  });

  test.runIf(mails.isPresent)('mails are marked for what they are, and all others are not', async () => {
    const marked: Record<string, string> = {};
    for (const file of filesIn(mails.path)) {
      const item = await read(mime, file);
      if (item.kind === 'message' && item.marks !== undefined) marked[basename(file)] = item.marks.join(' ');
    }
    const bounce = 'auto_generated bounce';
    expect(marked).toEqual({
      'auto_reply.eml': 'auto_reply',
      'auto_reply_with_auto_submitted.eml': 'auto_generated',
      'bounced_with_no_from.eml': bounce,
      'delivery-status.eml': bounce,
      'error_emails__bad_date_header.eml': 'bulk',
      'error_emails__empty_in_reply_to.eml': 'list',
      'mime_emails__raw_email_with_mimepart_without_content_type.eml': 'auto_generated',
      'msg_02.eml': 'list',
      'msg_05.eml': bounce,
      'msg_16.eml': 'auto_generated bulk list bounce',
      'msg_25.eml': bounce,
      'msg_32.eml': 'bulk',
      'msg_33.eml': 'bulk',
      'msg_43.eml': bounce,
      'multipart_report_emails__multi_address_bounce1.eml': bounce,
      'multipart_report_emails__multi_address_bounce2.eml': bounce,
      'multipart_report_emails__multipart_report_multiple_status.eml': bounce,
      // A warning that the mail is late.
      'multipart_report_emails__report_422.eml': 'auto_generated',
      'multipart_report_emails__report_530.eml': bounce,
      'non_utf_encoded_mail.eml': 'auto_reply bulk',
    });
  });

  test.runIf(payloads.isPresent)(
    'every inbound payload of Postmark is a message, a check or an event',
    async () => {
      const kinds: Record<string, string> = {};
      for (const file of filesIn(payloads.path)) {
        const item = await read(postmark, file);
        const name = basename(file).replace(/^anymail-|\.json$/g, '');
        kinds[name] = reasonOf(item);
      }
      expect(kinds).toEqual({
        'file-postmark-inbound-test-payload': 'provider_test_payload',
        'file-postmark-inbound-test-payload-with-raw': 'provider_test_payload',
        'inbound-attachments': 'message',
        'inbound-check_payload': 'provider_test_payload',
        'inbound-check_payload-2': 'provider_test_payload',
        'inbound-inbound_basics': 'message',
        'inbound-inbound_with_raw_email': 'message',
        'inbound-misconfigured_tracking': 'not_a_conversation_event',
        'inbound-spammy_address': 'message',
      });
    },
  );
});

function asDelivered(item: Extract<ParsedItem, { kind: 'message' }>) {
  const blob = { key: 'k', size: 1 };
  const attachments = item.attachments.map(({ name, type, contentId, inline }) => ({
    name,
    type,
    contentId,
    inline,
    blob,
  }));
  return DeliveryItem.safeParse({ ...item, html: item.html === null ? null : blob, attachments });
}
