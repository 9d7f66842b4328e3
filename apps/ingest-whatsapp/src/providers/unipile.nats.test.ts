import { describeProviderContract } from '@kith/ingest/testing';
import { signUnipile } from '@kith/unipile/testing';
import { threadFile } from '../../test/thread-file.ts';
import { v1Message, v2Event, v2Payload } from '../../test/unipile.ts';
import { unipile } from './unipile.ts';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const common = {
  name: 'unipile',
  channel: 'whatsapp',
  provider: unipile,
  threadFile,
  wrongContentType: 'image/png',
  sign: signUnipile,
} as const;

describeProviderContract({
  ...common,
  secrets: { apiVersion: 'v1', webhookSecret: 'a sécret of v1' },
  otherSecrets: { apiVersion: 'v1', webhookSecret: 'another' },
  contentType: 'application/x-www-form-urlencoded',
  signsBody: false,
  message: encode(v1Message()),
  messageWithUnknownFields: encode(v1Message({ mood: 'good', account_info: [7], attachments: 'none' })),
  unknownEvent: encode(v1Message({ event: 'message_translated' })),
});

describeProviderContract({
  ...common,
  secrets: { apiVersion: 'v2', webhookSecret: 'wes_1' },
  otherSecrets: { apiVersion: 'v2', webhookSecret: 'wes_2' },
  contentType: 'application/json',
  signsBody: true,
  message: encode(v2Event('message.new', v2Payload())),
  messageWithUnknownFields: encode(v2Event('message.new', v2Payload({ mood: 'good', specifics: 7 }))),
  unknownEvent: encode(v2Event('message.translated', {})),
});
