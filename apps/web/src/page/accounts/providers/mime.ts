import type { ProviderGuide } from './guide.ts';
import { mailboxHistory, mailboxPassword, mailboxSettings } from './mailbox.ts';

/** Whatever has raw mail. Who signs needs no token; one that was made up and is never sent harms nobody. */
export const mime: ProviderGuide = {
  name: 'Raw mail',
  place: 'your mail server',
  channels: ['email'],
  summary: 'A mail server, a Cloudflare Email Worker, or a script that posts mails as they are',
  before: [],
  after: [
    'Let your mail server or script send each mail by `POST` to this address, unchanged: {url}',
    'Send the token in the header `Authorization: Bearer <token>`, and `Content-Type: message/rfc822`.',
    'To try it: `curl --data-binary @mail.eml -H "Content-Type: message/rfc822" -H "Authorization: Bearer <token>" <address>`',
  ],
  secrets: [
    {
      key: 'token',
      label: 'Token',
      hint: 'What your mail server sends to prove itself.',
      isRequired: true,
      form: 'secret',
      canGenerate: true,
    },
    {
      key: 'signingSecret',
      label: 'Signing secret',
      hint: 'Only if your sender signs as Standard Webhooks does; then either is enough.',
      isRequired: false,
      form: 'secret',
    },
    mailboxPassword,
  ],
  settings: mailboxSettings,
  history: mailboxHistory,
  pasted: ['token'],
};
