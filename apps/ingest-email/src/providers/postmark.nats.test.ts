import { describeProviderContract } from '@kith/ingest/testing';
import { inboundOf } from '../../test/postmark.ts';
import { threadFile } from '../../test/thread-file.ts';
import { postmark } from './postmark.ts';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

describeProviderContract({
  name: 'postmark',
  channel: 'email',
  provider: postmark,
  threadFile,
  secrets: { username: 'kith', password: 'pässword:with colon' },
  otherSecrets: { username: 'kith', password: 'another' },
  contentType: 'application/json; charset=utf-8',
  wrongContentType: 'text/plain',
  sign: (_body, { username, password }) => ({
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  }),
  signsBody: false,
  message: encode(inboundOf({})),
  messageWithUnknownFields: encode(
    inboundOf({ Sentiment: { Score: 1 }, ToFull: [{ Email: 'a@x.example', Age: 3 }] }),
  ),
  unknownEvent: encode({ RecordType: 'Delivery', MessageID: 'x', Recipient: 'ana@lima.example' }),
});
