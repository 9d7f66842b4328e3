/*
 * `mime`: raw mail, posted by whatever has it (a mail server's pipe, a Cloudflare Email Worker, curl).
 *
 * It proves itself with a bearer token or a Standard Webhooks signature; an account that has both takes either.
 */
import { accountSecrets } from '@kith/contracts';
import { authorization, sameSecret } from '@kith/ingest/signatures';
import { defineEmailProvider } from './email-provider.ts';
import { verifyStandardWebhook } from './standard-webhooks.ts';

/** Raw RFC 5322 bytes. */
export const mime = defineEmailProvider({
  name: 'mime',
  secrets: accountSecrets.mime,
  accepts: (contentType) =>
    contentType === null ||
    contentType === 'application/octet-stream' ||
    contentType.startsWith('message/') ||
    contentType.startsWith('text/'),
  verify: (request, secrets) => {
    const token = authorization(request.headers, 'bearer');
    if ('token' in secrets && token !== null && sameSecret(token, secrets.token)) return 'valid';
    return 'signingSecret' in secrets ? verifyStandardWebhook(request, secrets.signingSecret) : 'invalid';
  },
  readForm: ({ body }) => ({ form: 'raw', bytes: body }),
});
