import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describeProviderContract } from '@kith/ingest/testing';
import { fieldsOf, multipart, sendgridHeaders } from '../../test/forms.ts';
import { everyday } from '../../test/mails.ts';
import { threadFile } from '../../test/thread-file.ts';
import { sendgrid } from './sendgrid.ts';

const privateKeys = new Map<string, KeyObject>();
const newSecrets = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  privateKeys.set(spki, privateKey);
  return { publicKey: spki };
};

const [headers = ''] = Buffer.from(everyday()).toString().split('\r\n\r\n');
const mail = { headers, text: Buffer.from([0x4f, 0x6c, 0xe1]), charsets: '{"text":"iso-8859-1"}' };
const { body: message, contentType } = multipart(fieldsOf(mail));

describeProviderContract({
  name: 'sendgrid',
  channel: 'email',
  provider: sendgrid,
  threadFile,
  secrets: newSecrets(),
  otherSecrets: newSecrets(),
  contentType,
  wrongContentType: 'application/x-www-form-urlencoded',
  sign: (body, { publicKey }, nowMs) => {
    const privateKey = privateKeys.get(publicKey);
    if (privateKey === undefined) throw new Error('no key of an account');
    return sendgridHeaders(privateKey, body, nowMs);
  },
  signsBody: true,
  message,
  messageWithUnknownFields: multipart(fieldsOf({ ...mail, sentiment: '{"score":1}' })).body,
  // Events come as JSON, which the tests beside this one post.
  unknownEvent: null,
});
