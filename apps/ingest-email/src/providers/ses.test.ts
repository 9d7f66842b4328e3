import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EgressFailed } from '@kith/ingest/egress';
import { IngestUnavailable, TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { expectDeliverable, expectTotal, receivedOf } from '../../test/delivered.ts';
import { networkOf } from '../../test/network.ts';
import { findShared } from '../../test/shared-files.ts';
import {
  certificatePem,
  certificatesDir,
  certificateUrl,
  confirmationOf,
  notificationOf,
  now,
  requestOf,
  signed,
  topicArn,
} from '../../test/sns.ts';
import { createSes } from './ses.ts';

const ses = createSes({ certificatesDir });
const secrets = { topicArns: ['arn:aws:sns:eu-west-1:111122223333:other', topicArn] };

function guardOf(network = networkOf({}), provider = ses) {
  const guard = provider.guard(secrets, { egress: network });
  if (guard === null) throw new Error('the secrets do not fit');
  return guard;
}

const mail = [
  'From: Ana Lima <ana@lima.example>',
  'To: support@acme.example',
  'Subject: Offer 2231',
  'Message-ID: <first@lima.example>',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Ol\xe1',
].join('\r\n');

const received = (action: unknown, content?: unknown) => ({
  notificationType: 'Received',
  mail: { messageId: 'o3vrnil0e2ic', source: 'ana@lima.example', destination: ['support@acme.example'] },
  receipt: { recipients: ['support@acme.example'], action },
  ...(content === undefined ? {} : { content }),
});
const base64Mail = received(
  { type: 'SNS', encoding: 'BASE64', topicArn },
  Buffer.from(mail, 'latin1').toString('base64'),
);

describe('a post of SNS', () => {
  test('is valid when SNS signed it for a topic of the account', async () => {
    expect(await guardOf().verify(requestOf(signed(notificationOf(base64Mail))))).toBe('valid');
    expect(await guardOf().verify(requestOf(signed(confirmationOf())))).toBe('valid');
  });

  test('of another topic is invalid, however well it is signed', async () => {
    const other = signed(notificationOf(base64Mail, { TopicArn: `${topicArn}x` }));
    expect(await guardOf().verify(requestOf(other))).toBe('invalid');
    expect(
      await guardOf().verify(requestOf(signed(notificationOf(base64Mail, { TopicArn: undefined })))),
    ).toBe('invalid');
  });

  test.each([
    ['a foreign certificate', notificationOf('x', { SigningCertURL: 'https://sns.evil.example/x.pem' })],
    ['one fetched without TLS', notificationOf('x', { SigningCertURL: certificateUrl.replace('s:', ':') })],
    ['an unknown signature version', notificationOf('x', { SignatureVersion: '3' })],
    ['another topic', notificationOf('x', { TopicArn: 'arn:aws:sns:eu-west-1:1:x' })],
    ['no time', notificationOf('x', { Timestamp: 'soon' })],
  ])('with %s is invalid without any connection', async (_, message) => {
    const network = networkOf({});
    const provider = createSes({ certificatesDir: null });
    expect(await guardOf(network, provider).verify(requestOf(signed(message)))).toBe('invalid');
    expect(network.asked).toEqual([]);
  });

  test.each([
    [-24 * 60 * 60_000 + 1, 'valid'],
    [-24 * 60 * 60_000, 'invalid'],
    [15 * 60_000 - 1, 'valid'],
    [15 * 60_000, 'invalid'],
  ])('made %i ms from now is %s', async (offset, verdict) => {
    const message = notificationOf('x', { Timestamp: new Date(now + offset).toISOString() });
    expect(await guardOf().verify(requestOf(signed(message)))).toBe(verdict);
  });

  test('is verified with the certificate that it names', async () => {
    const provider = createSes({ certificatesDir: null });
    const request = requestOf(signed(notificationOf(base64Mail)));
    const network = networkOf({ [certificateUrl]: certificatePem });
    expect(await guardOf(network, provider).verify(request)).toBe('valid');
    const page = networkOf({ [certificateUrl]: '<html>' });
    expect(await guardOf(page, createSes({ certificatesDir: null })).verify(request)).toBe('invalid');
  });

  test('cannot be told now when the certificate cannot be had, and that is no refusal', async () => {
    const provider = createSes({ certificatesDir: null });
    const network = networkOf({ [certificateUrl]: new EgressFailed('no route') });
    const request = requestOf(signed(notificationOf(base64Mail)));
    await expect(guardOf(network, provider).verify(request)).rejects.toThrow(IngestUnavailable);
  });

  test.each([
    ['raw delivery', JSON.stringify(base64Mail)],
    ['nothing', ''],
    ['a text', 'hello'],
    ['no signature', JSON.stringify(notificationOf(base64Mail))],
  ])('that is %s is invalid', async (_, body) => {
    expect(await guardOf().verify(requestOf(body))).toBe('invalid');
  });

  test.each([
    ['text/plain', true],
    ['application/json', true],
    ['application/x-www-form-urlencoded', false],
    [null, false],
  ])('of type %j: %j', (type, isAccepted) => {
    expect(ses.accepts(type)).toBe(isAccepted);
  });
});

const read = (message: unknown) => ses.read(receivedOf(message, 'text/plain; charset=UTF-8'));
const readOne = async (message: unknown) => (await read(message))[0];

describe('a notification of SES', () => {
  test('is the mail that it holds, byte for byte', async () => {
    expect(await read(notificationOf(base64Mail))).toMatchObject([
      {
        kind: 'message',
        subject: 'Offer 2231',
        text: 'Olá',
        conversation: { messageIds: ['first@lima.example'] },
      },
    ]);
  });

  test.each([{ type: 'SNS', encoding: 'UTF8' }, { type: 'SNS' }, undefined])(
    'is the mail that it holds as text, with the action %j',
    async (action) => {
      const text = received(action, mail.replace('iso-8859-1', 'utf-8').replace('\xe1', 'á'));
      expect(await readOne(notificationOf(text))).toMatchObject({ kind: 'message', text: 'Olá' });
    },
  );

  test('without the mail is a dead letter that says what to change', async () => {
    const stored = received({ type: 'S3', bucketName: 'mail', objectKey: 'inbound/1' });
    expect(await readOne(notificationOf(stored))).toEqual({
      kind: 'unreadable',
      reason: 'content_not_included',
      detail: expect.stringMatching(/action S3.*SNS action with BASE64/),
    });
  });

  test.each([
    [{ notificationType: 'Bounce' }, 'not_a_conversation_event'],
    [{ notificationType: 'Complaint' }, 'not_a_conversation_event'],
    [{ notificationType: 'Delivery' }, 'not_a_conversation_event'],
    [{ eventType: 'Send' }, 'not_a_conversation_event'],
    [{ eventType: 'Open' }, 'not_a_conversation_event'],
    [{ eventType: 'Rendering Failure' }, 'not_a_conversation_event'],
    [{ eventType: 'DeliveryDelay' }, 'not_a_conversation_event'],
    [{ eventType: 'Telepathy' }, 'unknown_event_type'],
    [{}, 'unknown_event_type'],
    ['a text of somebody', 'unknown_event_type'],
    ['Successfully validated SNS topic for Amazon SES event publishing.', 'provider_test_payload'],
    [{ notificationType: 'AmazonSnsSubscriptionSucceeded' }, 'provider_test_payload'],
  ])('%j is ignored: %s', async (message, reason) => {
    expect(await read(notificationOf(message))).toMatchObject([{ kind: 'ignored', reason }]);
  });

  test('of no form at all is unreadable', async () => {
    expect(await read('hello')).toMatchObject([{ kind: 'unreadable', reason: 'not_a_message' }]);
  });

  test('gives items whatever it holds', async () => {
    await expectTotal(ses, [
      notificationOf(base64Mail),
      notificationOf(received({}, mail)),
      confirmationOf(),
    ]);
    const inner = [base64Mail, received({ type: 'S3' }), { eventType: 'Open', open: {} }];
    await expectTotal(ses, inner, {
      wrap: (spoilt) => notificationOf(typeof spoilt === 'string' ? spoilt : JSON.stringify(spoilt)),
    });
  });
});

describe('the confirmation of a subscription', () => {
  const url = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f';
  const complete = (message: unknown, network: ReturnType<typeof networkOf>) =>
    guardOf(network).complete(receivedOf(message, 'text/plain'));

  test('visits the URL that it names, and holds nothing for us', async () => {
    const network = networkOf({ [url]: '<ConfirmSubscriptionResponse/>' });
    expect(await complete(signed(confirmationOf()), network)).toBeNull();
    expect(network.asked).toEqual([url]);
    expect(await read(signed(confirmationOf()))).toEqual([
      { kind: 'ignored', reason: 'subscription_event', detail: 'SubscriptionConfirmation' },
    ]);
  });

  test('is tried again when SNS does not confirm it', async () => {
    await expect(complete(confirmationOf(), networkOf({}))).rejects.toThrow(TryAgainLater);
    const network = networkOf({ [url]: new EgressFailed('no route') });
    await expect(complete(confirmationOf(), network)).rejects.toThrow(EgressFailed);
  });

  test('is given up after a few tries, so that nothing waits for it', async () => {
    const network = networkOf({ [url]: new EgressFailed('no route') });
    const message = receivedOf(confirmationOf(), 'text/plain');
    await expect(guardOf(network).complete(message, 3)).rejects.toThrow(EgressFailed);
    expect(await guardOf(network).complete(message, 4)).toBeNull();
  });

  test.each([
    ['of another topic', confirmationOf({ TopicArn: 'arn:aws:sns:eu-west-1:1:x' })],
    [
      'with a foreign URL',
      confirmationOf({ SubscribeURL: 'https://evil.example/?Action=ConfirmSubscription' }),
    ],
    ['without TLS', confirmationOf({ SubscribeURL: url.replace('https', 'http') })],
    ['of an end, which would begin it again', confirmationOf({ Type: 'UnsubscribeConfirmation' })],
    ['in a notification', notificationOf('x', { SubscribeURL: url })],
  ])('visits nothing when it is one %s', async (_, message) => {
    const network = networkOf({});
    expect(await complete(message, network)).toBeNull();
    expect(network.asked).toEqual([]);
  });

  test('of an end is ignored', async () => {
    expect(await read(confirmationOf({ Type: 'UnsubscribeConfirmation' }))).toEqual([
      { kind: 'ignored', reason: 'subscription_event', detail: 'UnsubscribeConfirmation' },
    ]);
  });
});

const payloads = findShared('corpora/ses-sns');

test.runIf(payloads.isPresent)('every payload that others have kept is what its name says', async () => {
  const kinds: Record<string, string> = {};
  for (const name of readdirSync(payloads.path).filter((file) => !file.includes('.headers.'))) {
    const items = await read(readFileSync(join(payloads.path, name)));
    expectDeliverable(items);
    kinds[basename(name, '.json').replace(/^anymail-/, '')] = items
      .map((item) => (item.kind === 'ignored' || item.kind === 'unreadable' ? item.reason : item.kind))
      .join();
  }
  const event = 'not_a_conversation_event';
  expect(kinds).toEqual({
    'inbound-inbound_s3': 'content_not_included',
    'inbound-inbound_s3_failure_message': 'content_not_included',
    'inbound-inbound_sns_base64': 'message',
    'inbound-inbound_sns_utf8': 'message',
    'inbound-incorrect_tracking_event': event,
    'webhooks-bounce_event': event,
    'webhooks-click_event': event,
    'webhooks-complaint_event': event,
    'webhooks-delivery_event': event,
    'webhooks-disable_auto_confirmation': 'subscription_event',
    'webhooks-incorrect_received_event': 'content_not_included',
    'webhooks-multiple_bounce_event': event,
    'webhooks-open_event': event,
    'webhooks-reject_event': event,
    'webhooks-rendering_failure_event': event,
    'webhooks-send_event': event,
    'webhooks-sns_confirmation_success_notification': 'provider_test_payload',
    'webhooks-sns_subscription_auto_confirmation': 'subscription_event',
    'webhooks-sns_subscription_confirmation_auth_disabled': 'subscription_event',
    'webhooks-sns_subscription_confirmation_different_region': 'subscription_event',
    'webhooks-sns_subscription_confirmation_failure': 'subscription_event',
    'webhooks-sns_unsubscribe_confirmation': 'subscription_event',
  });
});
