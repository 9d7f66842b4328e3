/* Messages of Amazon SNS, signed with a certificate of the tests. */
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SignedRequest } from '@kith/ingest/provider';

/** The folder that holds `certificate.pem`. */
export const certificatesDir = fileURLToPath(new URL('fixtures/sns', import.meta.url));
export const certificatePem = readFileSync(`${certificatesDir}/certificate.pem`, 'utf8');
const privateKey = readFileSync(`${certificatesDir}/key.pem`, 'utf8');

export const topicArn = 'arn:aws:sns:eu-west-1:111122223333:inbound';
export const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/certificate.pem';
export const now = Date.parse('2026-11-22T16:59:00.000Z');

type Json = Record<string, unknown>;

/** A notification around what SES says, not signed yet. */
export function notificationOf(ses: Json | string, given: Json = {}): Json {
  return {
    Type: 'Notification',
    MessageId: '5e2f1f6c-1b52-5d1b-9c1d-7f2b7f0f0001',
    TopicArn: topicArn,
    Subject: 'Amazon SES Email Receipt Notification',
    Message: typeof ses === 'string' ? ses : JSON.stringify(ses),
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '2',
    SigningCertURL: certificateUrl,
    UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
    ...given,
  };
}

/** What SNS posts when an endpoint is subscribed, not signed yet. */
export function confirmationOf(given: Json = {}): Json {
  return {
    Type: 'SubscriptionConfirmation',
    MessageId: '5e2f1f6c-1b52-5d1b-9c1d-7f2b7f0f0002',
    Token: '2336412f37fb687f5d51e6e2425c464de257eb95',
    TopicArn: topicArn,
    Message: 'You have chosen to subscribe to the topic.\nTo confirm, visit the SubscribeURL.',
    SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f',
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '1',
    SigningCertURL: certificateUrl,
    ...given,
  };
}

const signedKeys = {
  notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  confirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

/** The message as SNS would have signed it. */
export function signed(message: Json): Json {
  const keys = message['Type'] === 'Notification' ? signedKeys.notification : signedKeys.confirmation;
  const text = keys
    .filter((key) => message[key] !== undefined)
    .map((key) => `${key}\n${String(message[key])}\n`)
    .join('');
  const digest = message['SignatureVersion'] === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return { ...message, Signature: createSign(digest).update(text).sign(privateKey, 'base64') };
}

/** The request in which SNS posts it. */
export function requestOf(message: Json | string, given: Partial<SignedRequest> = {}): SignedRequest {
  return {
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
    url: '/webhooks/ses/inbound',
    publicUrls: () => [],
    body: Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)),
    now,
    ...given,
  };
}
