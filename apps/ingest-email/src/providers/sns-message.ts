/*
 * Messages of Amazon SNS as they are posted to a webhook, and whether SNS signed them
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html).
 *
 * Written here and not taken from a library, because none lets us say how a certificate is fetched, which is the half
 * that an attacker chooses: `sns-payload-validator` 2.1 fetches by itself without looking at the status, without a
 * limit or a deadline, and keeps the list of signed keys in a variable that all messages share; `sns-validator` 0.3
 * fetches by itself too, and signs the two kinds of confirmation over different keys, against the documentation.
 */
import { createVerify, type KeyObject } from 'node:crypto';
import { field, objectOf, parseJson } from '@kith/ingest/loose-json';
import { base64Bytes } from '@kith/ingest/signatures';

const types = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const;

/** A message of SNS; what is not text in it is left out. */
export interface SnsMessage {
  Type: (typeof types)[number];
  MessageId?: string;
  TopicArn?: string;
  Subject?: string;
  Message?: string;
  Timestamp?: string;
  Token?: string;
  SubscribeURL?: string;
  SignatureVersion?: string;
  Signature?: string;
  SigningCertURL?: string;
}

/** SNS ends at 256 KB, which JSON may write six times as long; a larger body is none of its. */
const bytesMax = 8_000_000;

const fields = [
  'MessageId',
  'TopicArn',
  'Subject',
  'Message',
  'Timestamp',
  'Token',
  'SubscribeURL',
  'SignatureVersion',
  'Signature',
  'SigningCertURL',
] as const satisfies (keyof SnsMessage)[];

/** The message in a body, or null. */
export function readSnsMessage(body: Uint8Array): SnsMessage | null {
  const json = body.byteLength > bytesMax ? null : objectOf(parseJson(body));
  const Type = types.find((type) => type === field(json, 'Type'));
  if (Type === undefined) return null;
  const message: SnsMessage = { Type };
  for (const name of fields) {
    const value = field(json, name);
    if (typeof value === 'string') message[name] = value;
  }
  return message;
}

const confirmationKeys = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;

const signedKeys = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: confirmationKeys,
  UnsubscribeConfirmation: confirmationKeys,
} as const satisfies Record<SnsMessage['Type'], readonly (keyof SnsMessage)[]>;

/** The text that SNS signs, or null where a part of it is missing. Only a Subject may be. */
export function signedText(message: SnsMessage): string | null {
  let text = '';
  for (const key of signedKeys[message.Type]) {
    const value = message[key];
    if (value === undefined && key === 'Subject') continue;
    // Only what people wrote has lines: elsewhere they would let one field pass for two.
    if (value === undefined || (key !== 'Message' && key !== 'Subject' && value.includes('\n'))) return null;
    text += `${key}\n${value}\n`;
  }
  return text;
}

const algorithms: Record<string, string> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/** Whether the holder of the key signed the message. */
export function isSignedBy(message: SnsMessage, key: KeyObject): boolean {
  const text = signedText(message);
  const signature = base64Bytes(message.Signature ?? '');
  const algorithm = algorithmOf(message);
  if (text === null || signature === null || algorithm === null || key.asymmetricKeyType !== 'rsa') {
    return false;
  }
  return createVerify(algorithm).update(text, 'utf8').verify(key, signature);
}

/** The digest and cipher that the message says it is signed with, or null for one that SNS has not. */
export function algorithmOf({ SignatureVersion = '' }: SnsMessage): string | null {
  return Object.hasOwn(algorithms, SignatureVersion) ? (algorithms[SignatureVersion] ?? null) : null;
}

/** A region never begins with `s3-`, but `sns.s3-us-west-2.amazonaws.com` would be somebody's bucket. */
const snsHost = /^sns\.(?!s3-)[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;

/** The URL, when it is one of SNS itself: everything that is fetched for a message is. */
export function snsUrl(text: string | undefined): URL | null {
  if (text === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && snsHost.test(url.host) ? url : null;
}

/** Where the message says that its certificate lies, when that is a place of SNS. */
export function certificateUrl({ SigningCertURL }: SnsMessage): URL | null {
  const url = snsUrl(SigningCertURL);
  const isFile = url?.pathname.endsWith('.pem') === true && url.search === '' && url.hash === '';
  return isFile ? url : null;
}
