import { createVerify, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { jsonOf, plain, sending, withFiles } from '../../test/webhooks.ts';
import { buildMail } from '../mail/build-mail.ts';
import { createSesSender } from './ses.ts';
import { snsTestCertificateName, snsTestKeyPair, writeSnsTestCertificate } from './sns-test-certificate.ts';

describe('ses', () => {
  const signedNames = {
    Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
    SubscriptionConfirmation: [
      'Message',
      'MessageId',
      'SubscribeURL',
      'Timestamp',
      'Token',
      'TopicArn',
      'Type',
    ],
  };
  const certificate = new X509Certificate(snsTestKeyPair.certificate);
  const verify = (message: Record<string, unknown>): boolean => {
    const names = signedNames[message['Type'] as keyof typeof signedNames];
    const text = names.map((name) => `${name}\n${String(message[name])}\n`).join('');
    const algorithm = message['SignatureVersion'] === '1' ? 'sha1' : 'sha256';
    return createVerify(algorithm)
      .update(text)
      .verify(certificate.publicKey, String(message['Signature']), 'base64');
  };

  test.each([
    ['1', 'UTF8'],
    ['2', 'BASE64'],
  ] as const)('is signed by SNS in version %s, with the mail in %s', async (signatureVersion, encoding) => {
    const sender = createSesSender({ signatureVersion, encoding });
    const webhook = sender.send(withFiles, sending);
    const message = jsonOf(webhook);
    expect(webhook.headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': message['MessageId'],
    });
    expect(sender.secrets).toEqual({ topicArns: [message['TopicArn']] });
    expect(message).toMatchObject({
      SignatureVersion: signatureVersion,
      Timestamp: new Date(sending.nowMs).toISOString(),
    });
    expect(verify(message)).toBe(true);
    expect(verify({ ...message, Message: '{}' })).toBe(false);
    const told = JSON.parse(String(message['Message']));
    expect(told).toMatchObject({
      notificationType: 'Received',
      mail: { source: 'zoe@lima.example', commonHeaders: { messageId: '<reply@lima.example>' } },
      receipt: {
        recipients: ['support@acme.example', 'sales@acme.example'],
        action: { type: 'SNS', encoding },
      },
    });
    const bytes = Buffer.from(told.content, encoding === 'BASE64' ? 'base64' : 'utf8');
    expect(bytes).toEqual(buildMail(withFiles));
    expect((await PostalMime.parse(bytes)).attachments).toHaveLength(2);
  });

  test('a confirmation names where it is confirmed, and is signed over that', () => {
    const message = jsonOf(createSesSender({ signatureVersion: '1' }).sendConfirmation(sending));
    expect(message).toMatchObject({ Type: 'SubscriptionConfirmation' });
    expect(message['SubscribeURL']).toContain(`Token=${String(message['Token'])}`);
    expect(verify(message)).toBe(true);
    expect(verify({ ...message, SubscribeURL: 'https://elsewhere.example' })).toBe(false);
  });

  test('the certificate says what it is, outlives us, and lies where messages say', async () => {
    expect(certificate.subject).toContain('test only');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(new Date(certificate.validTo).getFullYear()).toBeGreaterThan(2120);
    const directory = await mkdtemp(join(tmpdir(), 'kith-sns-'));
    try {
      await writeSnsTestCertificate(directory);
      const written = await readFile(join(directory, snsTestCertificateName), 'utf8');
      expect(new X509Certificate(written).fingerprint256).toBe(certificate.fingerprint256);
      const { SigningCertURL } = jsonOf(createSesSender().send(plain, sending));
      expect(SigningCertURL).toBe(`https://sns.eu-west-1.amazonaws.com/${snsTestCertificateName}`);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
