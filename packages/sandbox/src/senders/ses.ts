/*
 * `ses`: a receipt rule of Amazon SES with an SNS action
 * (https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html): the whole mail stands inside
 * a notification, which stands as text inside a message of Amazon SNS, which is signed.
 *
 * SNS signs with a certificate of its own, which the sandbox cannot have: it takes another key, whose certificate the
 * ingest service is given beforehand (`writeSnsTestCertificate`).
 */
import { createSign, randomUUID } from 'node:crypto';
import { buildMail, headerOf } from '../mail/build-mail.ts';
import type { Mail } from '../mail/mail.ts';
import { showMailboxes } from '../mail/shown-header.ts';
import { jsonBytes } from './proofs.ts';
import type { MailSender, Sending, Webhook } from './sender.ts';
import { type SnsKeyPair, snsTestCertificateName, snsTestKeyPair } from './sns-test-certificate.ts';
import { hexId } from './stable-ids.ts';

/** What the topic and the receipt rule are set to. */
export interface SesOptions {
  topicArn?: string;
  keys?: Pick<SnsKeyPair, 'privateKey'>;
  /** Of the certificate, on a host of SNS. */
  certificateUrl?: string;
  /** 1 is RSA with SHA-1, which topics have unless told otherwise. */
  signatureVersion?: '1' | '2';
  encoding?: 'UTF8' | 'BASE64';
}

/** SES also posts what is no mail. */
export interface SesSender extends MailSender {
  /** What SNS posts when the endpoint is subscribed: whoever visits its URL confirms. */
  sendConfirmation(sending: Sending): Webhook;
}

type SnsMessage = Record<string, string>;

/** Amazon SES behind a topic of Amazon SNS. */
export function createSesSender({
  topicArn = 'arn:aws:sns:eu-west-1:111122223333:kith-sandbox',
  keys = snsTestKeyPair,
  certificateUrl = `https://sns.eu-west-1.amazonaws.com/${snsTestCertificateName}`,
  signatureVersion = '2',
  encoding = 'BASE64',
}: SesOptions = {}): SesSender {
  const post = (message: SnsMessage, sending: Sending): Webhook => {
    const whole: SnsMessage = {
      ...message,
      MessageId: randomUUID(),
      TopicArn: topicArn,
      Timestamp: new Date(sending.nowMs).toISOString(),
      SignatureVersion: signatureVersion,
      SigningCertURL: certificateUrl,
    };
    whole['Signature'] = signatureOf(whole, keys.privateKey);
    return { headers: headersOf(whole), body: jsonBytes(whole) };
  };
  return {
    provider: 'ses',
    secrets: { topicArns: [topicArn] },
    send: (mail, sending) =>
      post(
        {
          Type: 'Notification',
          Subject: 'Amazon SES Email Receipt Notification',
          Message: JSON.stringify(notificationOf(mail, { topicArn, encoding, nowMs: sending.nowMs })),
          UnsubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${topicArn}:1`,
        },
        sending,
      ),
    sendConfirmation: (sending) =>
      post(
        {
          Type: 'SubscriptionConfirmation',
          Token: hexId('sns-token', topicArn, 64),
          Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
          SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${hexId('sns-token', topicArn, 64)}`,
        },
        sending,
      ),
  };
}

/** Which fields are signed, in the order of their names (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html). */
const signedFields = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Subject',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
];

function signatureOf(message: SnsMessage, privateKey: string): string {
  const text = signedFields
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
  const algorithm = message['SignatureVersion'] === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return createSign(algorithm).update(text, 'utf8').sign(privateKey, 'base64');
}

const headersOf = ({ Type = '', MessageId = '', TopicArn = '' }: SnsMessage): Record<string, string> => ({
  'content-type': 'text/plain; charset=UTF-8',
  'user-agent': 'Amazon Simple Notification Service Agent',
  'x-amz-sns-message-type': Type,
  'x-amz-sns-message-id': MessageId,
  'x-amz-sns-topic-arn': TopicArn,
  ...(Type === 'Notification' ? { 'x-amz-sns-subscription-arn': `${TopicArn}:1` } : {}),
});

function notificationOf(
  mail: Mail,
  { topicArn, encoding, nowMs }: { topicArn: string; encoding: string; nowMs: number },
) {
  const recipients = [...mail.to, ...(mail.cc ?? [])].map(({ address }) => address);
  const timestamp = new Date(nowMs).toISOString();
  const header = headerOf(mail);
  const pass = { status: 'PASS' };
  return {
    notificationType: 'Received',
    mail: {
      timestamp,
      source: mail.from.address,
      messageId: hexId('ses', mail.messageId, 40),
      destination: recipients,
      headersTruncated: false,
      headers: header.map(([name, value]) => ({ name, value })),
      commonHeaders: {
        returnPath: mail.from.address,
        from: [showMailboxes([mail.from])],
        date: header.find(([name]) => name === 'Date')?.[1],
        to: mail.to.map((to) => showMailboxes([to])),
        messageId: `<${mail.messageId}>`,
        subject: mail.subject,
      },
    },
    receipt: {
      timestamp,
      processingTimeMillis: 357,
      recipients,
      spamVerdict: pass,
      virusVerdict: pass,
      spfVerdict: pass,
      dkimVerdict: pass,
      dmarcVerdict: pass,
      action: { type: 'SNS', topicArn, encoding },
    },
    content: buildMail(mail).toString(encoding === 'BASE64' ? 'base64' : 'utf8'),
  };
}
