import { randomBytes } from 'node:crypto';
import { describeProviderContract } from '@kith/ingest/testing';
import { describe } from 'vitest';
import { fieldsOf, mailgunSignature, multipart, urlencoded } from '../../test/forms.ts';
import { everyday } from '../../test/mails.ts';
import { threadFile } from '../../test/thread-file.ts';
import { mailgun } from './mailgun.ts';

const proofOf = (signingKey: string, nowMs: number) =>
  mailgunSignature(signingKey, nowMs, randomBytes(25).toString('hex'));

const mail = {
  'message-headers': '[["From","ana@lima.example"],["Message-Id","<first@lima.example>"]]',
  'body-plain': 'Olá',
};
const event = { event: 'delivered', recipient: 'ana@lima.example' };

const shared = {
  name: 'mailgun' as const,
  channel: 'email' as const,
  provider: mailgun,
  threadFile,
  secrets: { signingKey: 'key-of-support' },
  otherSecrets: { signingKey: 'key-of-sales' },
  wrongContentType: 'text/plain',
  signsBody: false,
};

describe('in multipart forms', () => {
  const { contentType } = multipart([]);
  describeProviderContract({
    ...shared,
    contentType,
    // The proof stands in the body, and this says how to find it there.
    sign: () => ({ 'content-type': contentType }),
    embed: (body, { signingKey }, nowMs) =>
      Buffer.concat([
        multipart(fieldsOf(proofOf(signingKey, nowMs))).body.subarray(0, -'--xYzZY--\r\n'.length),
        body,
      ]),
    message: multipart(fieldsOf(mail)).body,
    messageWithUnknownFields: multipart(fieldsOf({ ...mail, sentiment: '1' })).body,
    unknownEvent: multipart(fieldsOf(event)).body,
  });
});

describe('in urlencoded forms', () => {
  const { contentType } = urlencoded({});
  describeProviderContract({
    ...shared,
    contentType,
    // The proof stands in the body, and this says how to find it there.
    sign: () => ({ 'content-type': contentType }),
    embed: (body, { signingKey }, nowMs) =>
      Buffer.concat([urlencoded(proofOf(signingKey, nowMs)).body, Buffer.from('&'), body]),
    message: urlencoded({ 'body-mime': Buffer.from(everyday()).toString() }).body,
    messageWithUnknownFields: urlencoded({ ...mail, sentiment: '1' }).body,
    unknownEvent: urlencoded(event).body,
  });
});
