/*
 * `ses`: mail that Amazon SES received and posts through Amazon SNS, by a receipt rule with an SNS action
 * (https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html).
 *
 * The account is given the topics it listens to; a message of any other topic is refused before anything else is
 * looked at, because whoever has an AWS account can have SNS sign messages. SNS tries for at most an hour, and for
 * hours more when AWS itself is behind; a message older than a day is somebody playing it again. It takes 4xx as final,
 * so that a certificate which cannot be had now is a 503.
 *
 * Raw message delivery leaves the signature away and is refused. Mail that a rule keeps in S3 is announced without its
 * content, and is a dead letter that says what to change.
 */
import { accountSecrets } from '@kith/contracts';
import { field, firstText, objectOf, parseJson, textOf } from '@kith/ingest/loose-json';
import {
  type Provider,
  type CompletingTools,
  type ProviderTools,
  type SignedRequest,
  TryAgainLater,
  type Verdict,
} from '@kith/ingest/provider';
import type { MailReading } from '../mail/mail-fields.ts';
import { defineEmailProvider } from './email-provider.ts';
import { ignored, notIncluded, notAMessage } from './readings.ts';
import { type CertificateSource, createCertificateSource } from './sns-certificates.ts';
import {
  algorithmOf,
  certificateUrl,
  isSignedBy,
  readSnsMessage,
  type SnsMessage,
  snsUrl,
} from './sns-message.ts';

const ageMaxMs = 24 * 60 * 60 * 1000;
/** Their clock and ours. */
const aheadMaxMs = 15 * 60 * 1000;

/** Mail of Amazon SES. `certificatesDir` holds certificates of SNS as PEM, or is null. */
export function createSes({ certificatesDir }: { certificatesDir: string | null }): Provider {
  const certificates = createCertificateSource({ directory: certificatesDir });
  return defineEmailProvider({
    name: 'ses',
    secrets: accountSecrets.ses,
    accepts: (contentType) => contentType === 'text/plain' || contentType === 'application/json',
    verify: (request, { topicArns }, tools) => verify(request, { topicArns, certificates, tools }),
    readForm: ({ body }) => readSes(readSnsMessage(body)),
    complete: async ({ body }, { topicArns }, tools) => {
      await confirm(readSnsMessage(body), { topicArns, tools });
      return null;
    },
  });
}

async function verify(
  { body, now }: SignedRequest,
  given: { topicArns: readonly string[]; certificates: CertificateSource; tools: ProviderTools },
): Promise<Verdict> {
  const message = readSnsMessage(body);
  if (message === null || !given.topicArns.includes(message.TopicArn ?? '')) return 'invalid';
  const url = certificateUrl(message);
  if (url === null || algorithmOf(message) === null || !isRecent(message, now)) return 'invalid';
  const key = await given.certificates.keyAt(url, given.tools.egress);
  return key !== null && isSignedBy(message, key) ? 'valid' : 'invalid';
}

function isRecent({ Timestamp = '' }: SnsMessage, now: number): boolean {
  const age = now - Date.parse(Timestamp);
  return age < ageMaxMs && age > -aheadMaxMs;
}

/** Some seconds in all: whoever set the topic up is looking, and can ask for the confirmation again. */
const confirmAttemptsMax = 3;

/** Visits the URL that a new subscription waits for; one that was ended is left ended. */
async function confirm(
  message: SnsMessage | null,
  { topicArns, tools }: { topicArns: readonly string[]; tools: CompletingTools },
): Promise<void> {
  if (message?.Type !== 'SubscriptionConfirmation' || !topicArns.includes(message.TopicArn ?? '')) return;
  const url = snsUrl(message.SubscribeURL);
  if (url === null || tools.attempt > confirmAttemptsMax) return;
  const answer = await tools.egress.get({
    url: url.href,
    bytesMax: 64_000,
    timeoutMs: 10_000,
    redirects: 'refuse',
  });
  if (answer.status !== 200) throw new TryAgainLater(`SNS answered ${answer.status} to a confirmation`);
}

function readSes(message: SnsMessage | null): MailReading {
  if (message === null) return notAMessage('the body is no message of Amazon SNS');
  if (message.Type !== 'Notification') return ignored('subscription_event', message.Type);
  const text = message.Message ?? '';
  const notification = objectOf(parseJson(Buffer.from(text)));
  if (notification !== null) return readNotification(notification);
  if (text.startsWith('Successfully validated SNS topic')) {
    return ignored('provider_test_payload', 'the check of a topic by Amazon SES');
  }
  return ignored('unknown_event_type', 'a notification that is not of Amazon SES');
}

/** What SES tells of mail that was sent through it, by their names without spaces. */
const sendingEvents = new Set(
  'bounce complaint delivery send reject open click renderingfailure deliverydelay subscription'.split(' '),
);

function readNotification(notification: Readonly<Record<string, unknown>>): MailReading {
  const kind = firstText(notification, 'notificationType', 'eventType') ?? '';
  if (kind === 'Received') return readReceived(notification);
  const detail = `Amazon SES event "${kind}"`;
  if (kind === 'AmazonSnsSubscriptionSucceeded') return ignored('provider_test_payload', detail);
  const isKnown = sendingEvents.has(kind.replaceAll(' ', '').toLowerCase());
  return ignored(isKnown ? 'not_a_conversation_event' : 'unknown_event_type', detail);
}

function readReceived(notification: Readonly<Record<string, unknown>>): MailReading {
  const content = field(notification, 'content');
  const action = field(notification, 'receipt', 'action');
  if (typeof content !== 'string') {
    const type = (textOf(field(action, 'type')) ?? 'none').slice(0, 50);
    return notIncluded(
      `the notification has no content (action ${type}): let the receipt rule publish to this topic by an SNS action with BASE64 encoding`,
    );
  }
  const isBase64 = textOf(field(action, 'encoding'))?.toUpperCase() === 'BASE64';
  return { form: 'raw', bytes: Buffer.from(content, isBase64 ? 'base64' : 'utf8') };
}
