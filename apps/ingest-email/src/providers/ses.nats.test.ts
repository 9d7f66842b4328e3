import { describeProviderContract } from '@kith/ingest/testing';
import { certificatesDir, notificationOf, signed, topicArn } from '../../test/sns.ts';
import { threadFile } from '../../test/thread-file.ts';
import { createSes } from './ses.ts';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const received = {
  notificationType: 'Received',
  receipt: { action: { type: 'SNS', encoding: 'UTF8' } },
  content: 'From: ana@lima.example\r\nMessage-ID: <first@lima.example>\r\nSubject: Offer\r\n\r\nHello',
};

describeProviderContract({
  name: 'ses',
  channel: 'email',
  provider: createSes({ certificatesDir }),
  threadFile,
  secrets: { topicArns: [topicArn] },
  otherSecrets: { topicArns: [`${topicArn}-of-sales`] },
  contentType: 'text/plain; charset=UTF-8',
  wrongContentType: 'application/x-www-form-urlencoded',
  sign: () => ({}),
  embed: (body, { topicArns }, nowMs) => {
    const Timestamp = new Date(nowMs).toISOString();
    const message: object = JSON.parse(Buffer.from(body).toString());
    return encode(signed({ ...message, TopicArn: topicArns[0], Timestamp }));
  },
  // It signs what the JSON says, not how it is written.
  signsBody: false,
  message: encode(notificationOf(received)),
  messageWithUnknownFields: encode(
    notificationOf({ ...received, aiVerdict: { status: 'PASS' } }, { MessageAttributes: { a: 1 } }),
  ),
  unknownEvent: encode(notificationOf({ eventType: 'Telepathy' })),
});
