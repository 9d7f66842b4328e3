import { describeProviderContract } from '@kith/ingest/testing';
import { fixturesOf } from '../../test/bodies.ts';
import { threadFile } from '../../test/thread-file.ts';
import { twilioSignature } from '../../test/twilio.ts';
import { twilio } from './twilio.ts';

const text = fixturesOf('twilio').get('text') ?? Buffer.alloc(0);

describeProviderContract({
  name: 'twilio',
  channel: 'whatsapp',
  provider: twilio,
  threadFile,
  secrets: { authToken: 'a tokén' },
  otherSecrets: { authToken: 'another' },
  contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
  wrongContentType: 'text/plain',
  sign: (body, { authToken }, _nowMs, url) => ({
    'x-twilio-signature': twilioSignature(authToken, url, body),
  }),
  signsBody: true,
  message: text,
  messageWithUnknownFields: Buffer.from(`${text.toString()}&Mood=good&Mood=better&%5Bx%5D=1`),
  unknownEvent: Buffer.from(`AccountSid=AC${'5'.repeat(32)}&CallSid=CA1`),
});
