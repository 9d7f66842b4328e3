import { createHmac } from 'node:crypto';
import { describeProviderContract } from '@kith/ingest/testing';
import { fixturesOf } from '../../test/bodies.ts';
import { threadFile } from '../../test/thread-file.ts';
import { meta } from './meta.ts';

const text = fixturesOf('meta').get('text') ?? Buffer.alloc(0);
const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const withUnknownFields = (): unknown => {
  const known = text.toString().replaceAll('"timestamp"', '"mood": {"score": 1}, "timestamp"');
  return { ...(JSON.parse(known) as object), delivery: { attempt: 3 } };
};

describeProviderContract({
  name: 'meta',
  channel: 'whatsapp',
  provider: meta,
  threadFile,
  secrets: { appSecret: 'an äpp secret', verifyToken: 'a token' },
  otherSecrets: { appSecret: 'another', verifyToken: 'a token' },
  contentType: 'application/json',
  wrongContentType: 'text/plain',
  sign: (body, { appSecret }) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
  }),
  signsBody: true,
  message: text,
  messageWithUnknownFields: encode(withUnknownFields()),
  unknownEvent: encode({
    object: 'whatsapp_business_account',
    entry: [{ changes: [{ field: 'tomorrow' }] }],
  }),
});
