import { buildPostmarkBody } from '../mail/postmark-body.ts';
import { randomSecret } from './proofs.ts';
import type { MailSender } from './sender.ts';

/** `postmark`: the credentials stand in the URL that Postmark was given, so it sends them as Basic ones. */
export function createPostmarkSender({
  username = 'postmark',
  password = randomSecret(),
}: { username?: string; password?: string } = {}): MailSender {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = {
    authorization: `Basic ${credentials}`,
    'content-type': 'application/json',
    'user-agent': 'Postmark',
  };
  return {
    provider: 'postmark',
    secrets: { username, password },
    send: (mail) => ({ headers: { ...headers }, body: Buffer.from(buildPostmarkBody(mail)) }),
  };
}
