import { describeProviderContract } from '@kith/ingest/testing';
import type { UnipileSecrets } from '@kith/unipile';
import { signUnipile } from '@kith/unipile/testing';
import { describe } from 'vitest';
import { threadFile } from '../../test/thread-file.ts';
import { emailNewOf, mailReceivedOf } from '../../test/unipile-email.ts';
import { unipile } from './unipile.ts';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const shared = {
  name: 'unipile' as const,
  channel: 'email' as const,
  provider: unipile,
  threadFile,
  contentType: 'application/x-www-form-urlencoded',
  wrongContentType: 'message/rfc822',
  sign: (body: Uint8Array, secrets: UnipileSecrets, nowMs: number) => signUnipile(body, secrets, nowMs),
};

describe('in version 1', () => {
  describeProviderContract<UnipileSecrets>({
    ...shared,
    secrets: { webhookSecret: 'secret-of-support', apiVersion: 'v1' },
    otherSecrets: { webhookSecret: 'secret-of-sales', apiVersion: 'v1' },
    signsBody: false,
    message: encode(mailReceivedOf()),
    messageWithUnknownFields: encode(mailReceivedOf({ mood: 'good' })),
    unknownEvent: encode(mailReceivedOf({ event: 'mail_teleported' })),
  });
});

describe('in version 2', () => {
  describeProviderContract<UnipileSecrets>({
    ...shared,
    contentType: 'application/json',
    secrets: { webhookSecret: 'secret-of-support', apiVersion: 'v2' },
    otherSecrets: { webhookSecret: 'secret-of-sales', apiVersion: 'v2' },
    signsBody: true,
    message: encode(emailNewOf()),
    messageWithUnknownFields: encode({ ...emailNewOf({ mood: 'good' }), region: 'eu' }),
    unknownEvent: encode(emailNewOf({}, 'fax.new')),
  });
});
