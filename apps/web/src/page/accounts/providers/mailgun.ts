import type { ProviderGuide } from './guide.ts';
import { mailboxHistory, mailboxPassword, mailboxSettings } from './mailbox.ts';

/** Mailgun posts the raw mail only to a URL that ends in "mime"; ours does not, so `store()` and a key are better. */
export const mailgun: ProviderGuide = {
  name: 'Mailgun',
  channels: ['email'],
  summary: 'Mail that a Mailgun route forwards or stores',
  before: [
    'In Mailgun, open *API Security* (in older accounts *Sending*, *Webhooks*) and copy the *HTTP webhook signing key*.',
    'For the best result make an *API key* there too: Kith then fetches each mail as it was sent, and its files.',
  ],
  after: [
    'Under *Receiving* (in newer accounts *Receive*), *Create route*, choose whose mail it is for, and tick *Store and notify*.',
    'Paste this address there: {url}',
    'Without an API key here, tick *Forward* instead, with the same address.',
  ],
  secrets: [
    {
      key: 'signingKey',
      label: 'HTTP webhook signing key',
      hint: 'It is not the API key.',
      isRequired: true,
      form: 'secret',
    },
    {
      key: 'apiKey',
      label: 'API key',
      hint: 'Fetches stored mails and their files.',
      isRequired: false,
      form: 'secret',
    },
    mailboxPassword,
  ],
  settings: mailboxSettings,
  history: mailboxHistory,
};
