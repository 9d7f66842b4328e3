/*
 * Recorded bodies of every provider that may lie beside a checkout, each signed as its provider would sign it now.
 */
import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { snsTestCertificateName, snsTestKeyPair } from '@kith/sandbox';

export const corpora = join(import.meta.dirname, '../../../../shared/corpora');
/** Says so where the bodies are absent. */
export const haveCorpora = existsSync(corpora);
if (!haveCorpora) console.warn(`SKIPPED: what needs ${corpora}, which is not there`);

/** A body with the headers by which it proves itself. */
export interface Signed {
  headers: Record<string, string>;
  body: Buffer;
}

/** The recorded bodies of one provider on one channel, and the account that takes them. */
export interface Corpus {
  name: string;
  channel: 'email' | 'whatsapp' | 'linkedin';
  provider: string;
  secrets: Record<string, unknown>;
  files: string[];
  /** The ids of messages in the bodies, where many bodies have the same: each file gets its own. */
  ids?: RegExp;
  /** Bodies for which the provider is asked, who cannot be reached from here: they end after some tries. */
  slow?: RegExp;
  /** `url` is where the body is posted. */
  sign(file: string, body: Buffer, url: string): Signed;
}

const secret = 'a secret of the tests';
const json = { 'content-type': 'application/json' };
const hmac = (algorithm: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((sum, part) => sum.update(part), createHmac(algorithm, secret));
const seconds = (): string => String(Math.floor(Date.now() / 1000));
const sendgridKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const topicArn = 'arn:aws:sns:eu-west-1:111122223333:corpora';

const unipileFiles = { email: /v2-email/, whatsapp: /v2-message/, linkedin: /new_relation/ };

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

/** Every corpus of a provider that posts webhooks. */
export const providerCorpora: Corpus[] = [
  {
    name: 'postmark',
    channel: 'email',
    provider: 'postmark',
    secrets: { username: 'postmark', password: secret },
    files: filesIn('postmark', /\.json$/),
    sign: (_, body) => ({
      headers: { ...json, authorization: `Basic ${Buffer.from(`postmark:${secret}`).toString('base64')}` },
      body,
    }),
  },
  {
    name: 'sendgrid',
    channel: 'email',
    provider: 'sendgrid',
    secrets: { publicKey: sendgridKeys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
    files: filesIn('sendgrid', /\.form$/),
    sign: (file, body) => {
      const timestamp = seconds();
      const signed = sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), sendgridKeys.privateKey);
      return {
        headers: {
          'content-type': contentTypeOf(file),
          'x-twilio-email-event-webhook-signature': signed.toString('base64'),
          'x-twilio-email-event-webhook-timestamp': timestamp,
        },
        body,
      };
    },
  },
  {
    name: 'mailgun',
    channel: 'email',
    provider: 'mailgun',
    secrets: { signingKey: secret },
    files: filesIn('mailgun', /\.form$|misconfigured_tracking\.json$/),
    sign: (file, body) => signMailgun(file, body),
  },
  {
    name: 'ses',
    channel: 'email',
    provider: 'ses',
    secrets: { topicArns: [topicArn] },
    files: filesIn('ses-sns', /(?<!headers)\.json$/),
    slow: /subscription_(?:auto_)?confirmation|disable_auto_confirmation/,
    sign: (_, body) => signSns(body),
  },
  {
    name: 'nylas',
    channel: 'email',
    provider: 'nylas',
    secrets: { webhookSecret: secret },
    files: filesIn('nylas', /\.json$/),
    sign: (_, body) => ({
      headers: { ...json, 'x-nylas-signature': hmac('sha256', body).digest('hex') },
      body,
    }),
  },
  ...(['email', 'whatsapp', 'linkedin'] as const).map((channel): Corpus => ({
    name: `unipile-${channel}`,
    channel,
    provider: 'unipile',
    secrets: { webhookSecret: secret, apiVersion: channel === 'linkedin' ? 'v1' : 'v2' },
    files: filesIn('unipile', unipileFiles[channel]),
    sign: (_, body) => {
      const t = seconds();
      const v0 = hmac('sha256', `${t}.`, body).digest('hex');
      const proof: Record<string, string> =
        channel === 'linkedin' ? { 'unipile-auth': secret } : { 'unipile-signature': `t=${t},v0=${v0}` };
      return { headers: { ...json, ...proof }, body };
    },
  })),
  {
    name: 'meta',
    channel: 'whatsapp',
    provider: 'meta',
    secrets: { appSecret: secret, verifyToken: 'verify' },
    files: filesIn('whatsapp-cloud', /\.json$/),
    ids: /wamid\.|<(?:ORIGINAL_)?WHATSAPP_MESSAGE_ID>/g,
    sign: (_, body) => ({
      headers: { ...json, 'x-hub-signature-256': `sha256=${hmac('sha256', body).digest('hex')}` },
      body,
    }),
  },
  {
    name: 'twilio',
    channel: 'whatsapp',
    provider: 'twilio',
    secrets: { authToken: secret },
    files: filesIn('twilio-whatsapp', /\.form$/),
    ids: /(?<=SM0)0+(?=\d)/g,
    sign: (_, given, url) => {
      const body = Buffer.from(given.toString().trimEnd());
      const form = [...new URLSearchParams(body.toString())].toSorted(([a], [b]) => (a < b ? -1 : 1));
      const signature = hmac('sha1', url, ...form.flat()).digest('base64');
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      return { headers: { ...type, 'x-twilio-signature': signature }, body };
    },
  },
];

function filesIn(folder: string, name: RegExp): string[] {
  if (!haveCorpora) return [];
  const path = join(corpora, folder);
  return readdirSync(path)
    .filter((file) => name.test(file))
    .toSorted()
    .map((file) => join(path, file));
}

/** A recorded body, in which the ids of messages are its own. */
export function readBody({ files, ids }: Corpus, file: string): Buffer {
  const body = readFileSync(file);
  if (ids === undefined) return body;
  const own = String(files.indexOf(file)).padStart(30, '0');
  // The bodies themselves are text; what they refer to is renamed with them.
  return Buffer.from(body.toString().replace(ids, (id) => (/^0+$/.test(id) ? own : `${id}${own}.`)));
}

/** What it is called in tables. */
export const shortName = (file: string): string =>
  basename(file).replace(/^(?:anymail|pywa)-(?:inbound-|webhooks-)?|\.(?:json|form)$/g, '');

function contentTypeOf(file: string): string {
  const headers = JSON.parse(readFileSync(file.replace(/\.form$/, '.headers.json'), 'utf8')) as Record<
    string,
    string
  >;
  return headers['content-type'] ?? '';
}

/** Mailgun's proof stands in the form: the recorded one is replaced, or put where there is none. */
function signMailgun(file: string, body: Buffer): Signed {
  const timestamp = seconds();
  const token = createHmac('sha256', file).update(timestamp).digest('hex');
  const signature = hmac('sha256', timestamp, token).digest('hex');
  const proof = { timestamp, token, signature };
  if (file.endsWith('.json')) {
    const event = JSON.parse(body.toString()) as object;
    return { headers: json, body: Buffer.from(JSON.stringify({ ...event, signature: proof })) };
  }
  const contentType = contentTypeOf(file);
  const boundary = `--${/boundary=(.*)$/.exec(contentType)?.[1] ?? ''}`;
  const isProof = /name="(?:timestamp|token|signature)"/;
  const parts = body.toString('latin1').split(boundary);
  const kept = parts.filter((part) => !isProof.test(part.slice(0, 200)));
  const fresh = Object.entries(proof).map(
    ([name, value]) => `\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const signed = [kept[0], ...fresh, ...kept.slice(1)].join(boundary);
  return { headers: { 'content-type': contentType }, body: Buffer.from(signed, 'latin1') };
}

function signSns(body: Buffer): Signed {
  const given = JSON.parse(body.toString()) as Record<string, string>;
  const message: Record<string, string> = {
    ...given,
    TopicArn: topicArn,
    Timestamp: new Date().toISOString(),
    SignatureVersion: '2',
    SigningCertURL: `https://sns.eu-west-1.amazonaws.com/${snsTestCertificateName}`,
  };
  const isNotification = message['Type'] === 'Notification';
  const text = signedFields
    .filter((name) => message[name] !== undefined)
    .filter((name) => !isNotification || !['SubscribeURL', 'Token'].includes(name))
    .map((name) => `${name}\n${message[name] ?? ''}\n`)
    .join('');
  message['Signature'] = createSign('RSA-SHA256').update(text).sign(snsTestKeyPair.privateKey, 'base64');
  const headers = {
    'content-type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': message['Type'] ?? '',
  };
  return { headers, body: Buffer.from(JSON.stringify(message)) };
}
