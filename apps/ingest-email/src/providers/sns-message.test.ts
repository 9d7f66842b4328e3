import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findShared } from '../../test/shared-files.ts';
import { certificatePem, confirmationOf, notificationOf, signed } from '../../test/sns.ts';
import {
  algorithmOf,
  certificateUrl,
  isSignedBy,
  readSnsMessage,
  signedText,
  snsUrl,
} from './sns-message.ts';

const key = createPublicKey(certificatePem);
const bodyOf = (message: unknown) => Buffer.from(JSON.stringify(message));

function isValid(message: unknown, publicKey = key): boolean {
  const read = readSnsMessage(bodyOf(message));
  if (read === null || certificateUrl(read) === null || algorithmOf(read) === null) return false;
  return isSignedBy(read, publicKey);
}

const notification = signed(notificationOf({ notificationType: 'Received', content: 'héllo' }));
const withoutSubject = signed(notificationOf('hello', { Subject: undefined, SignatureVersion: '1' }));
const confirmation = signed(confirmationOf());
const unsubscription = signed(confirmationOf({ Type: 'UnsubscribeConfirmation', SignatureVersion: '2' }));

describe('a message of SNS', () => {
  test.each([
    ['a notification, version 2', notification],
    ['a notification without a subject, version 1', withoutSubject],
    ['a confirmation of a subscription, version 1', confirmation],
    ['a confirmation of its end, version 2', unsubscription],
  ])('is valid as it was signed, and with no byte changed: %s', (_, message) => {
    expect(isValid(message)).toBe(true);
    const isNotification = message['Type'] === 'Notification';
    const fields = isNotification
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type', 'Signature']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type', 'Signature'];
    for (const field of fields) {
      const value = message[field];
      if (typeof value !== 'string') continue;
      for (let at = 0; at < value.length; at += 1) {
        const other = value[at] === 'A' ? 'B' : 'A';
        const changed = value.slice(0, at) + other + value.slice(at + 1);
        expect(isValid({ ...message, [field]: changed }), `${field} ${at}`).toBe(false);
      }
      expect(isValid({ ...message, [field]: `${value} ` }), field).toBe(false);
      expect(isValid({ ...message, [field]: undefined }), field).toBe(false);
    }
  });

  test('is not valid with what is not signed in its kind, and ignores what no kind signs', () => {
    expect(isValid({ ...withoutSubject, Subject: 'Hello' })).toBe(false);
    expect(isValid({ ...notification, SignatureVersion: '1' })).toBe(false);
    expect(isValid({ ...notification, UnsubscribeURL: 'https://other.example', New: 1 })).toBe(true);
  });

  test('cannot pass one field for two', () => {
    const forged = notificationOf('hello', { MessageId: 'a\nSubject\nb', Subject: undefined });
    expect(signedText(readSnsMessage(bodyOf(forged)) ?? { Type: 'Notification' })).toBeNull();
  });

  test.each([
    'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123.pem',
    'https://sns.cn-north-1.amazonaws.com.cn/x.pem',
    'https://SNS.eu-west-1.AMAZONAWS.com:443/a/x.pem',
  ])('has its certificate at %s', (SigningCertURL) => {
    expect(certificateUrl({ Type: 'Notification', SigningCertURL })).not.toBeNull();
  });

  test.each([
    'http://sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com.evil.com/x.pem',
    'https://evil.com/sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com@evil.com/x.pem',
    'https://user@sns.us-east-1.amazonaws.com/x.pem',
    'https://:pw@sns.us-east-1.amazonaws.com/x.pem',
    'https://user:pw@sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com:8443/x.pem',
    'https://sns.s3.amazonaws.com/x.pem',
    'https://sns.s3-us-west-2.amazonaws.com/x.pem',
    'https://xsns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com/x.pem?y',
    'https://sns.us-east-1.amazonaws.com/?x.pem',
    'https://sns.us-east-1.amazonaws.com/x.pem#y',
    'https://sns.us-east-1.amazonaws.com/x',
    'file:///etc/x.pem',
    'x.pem',
    '',
  ])('has no certificate at %s', (SigningCertURL) => {
    expect(certificateUrl({ Type: 'Notification', SigningCertURL })).toBeNull();
  });

  test('names no place of SNS where it names none', () => {
    expect(snsUrl(undefined)).toBeNull();
    expect(snsUrl('https://evil.com/?Action=ConfirmSubscription')).toBeNull();
  });

  test.each([['{}'], ['null'], ['[]'], ['{"Type":"Other"}'], ['{"Type":["Notification"]}'], ['Type'], ['']])(
    'is not the body %s',
    (body) => {
      expect(readSnsMessage(Buffer.from(body))).toBeNull();
    },
  );
});

const vectorsFile = findShared('corpora/vectors/sns-signature.json');
const Vectors = z.object({
  public_key_pem: z.string(),
  vectors: z.array(
    z.object({
      name: z.string(),
      canonical: z.string().optional(),
      message: z.looseObject({}),
      valid: z.boolean(),
    }),
  ),
});

test.runIf(vectorsFile.isPresent)(
  'the published vectors verify as they say, and with no byte changed',
  () => {
    const published = Vectors.parse(JSON.parse(readFileSync(vectorsFile.path, 'utf8')));
    const publicKey = createPublicKey(published.public_key_pem);
    expect(published.vectors.length).toBeGreaterThan(0);
    for (const { name, canonical, message, valid } of published.vectors) {
      expect(isValid(message, publicKey), name).toBe(valid);
      const read = readSnsMessage(bodyOf(message));
      if (canonical !== undefined) expect(read && signedText(read), name).toBe(canonical);
      const signature = z.string().parse(message['Signature']);
      for (let at = 0; at < signature.length; at += 1) {
        const changed = `${signature.slice(0, at)}${signature[at] === 'A' ? 'B' : 'A'}${signature.slice(at + 1)}`;
        expect(isValid({ ...message, Signature: changed }, publicKey), `${name} ${at}`).toBe(false);
      }
    }
  },
);
