import type { ProviderGuide } from './guide.ts';
import { mailboxHistory, mailboxPassword, mailboxSettings } from './mailbox.ts';

/** SendGrid drops a mail that is answered 4xx, so the policy that signs has to be there before the first mail. */
export const sendgrid: ProviderGuide = {
  name: 'SendGrid',
  channels: ['email'],
  summary: 'Mail that Twilio SendGrid receives by Inbound Parse',
  before: [
    'In SendGrid, make a webhook security policy that signs: `POST /v3/user/webhooks/security/policies` with `{"name": "Kith", "signature": {"enabled": true}}`.',
    'Copy the `public_key` of the answer.',
  ],
  after: [
    'Under *Settings*, *Inbound Parse*, add a host and URL, with this address as *Destination URL*: {url}',
    'Tick *POST the raw, full MIME message*.',
    'Attach the security policy to this setting before mail is sent to it: SendGrid drops a mail whose signature is missing.',
  ],
  secrets: [
    {
      key: 'publicKey',
      label: 'Public key of the security policy',
      hint: 'As SendGrid shows it, or as PEM.',
      isRequired: true,
      form: 'block',
    },
    mailboxPassword,
  ],
  settings: mailboxSettings,
  history: mailboxHistory,
};
