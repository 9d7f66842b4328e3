import type { ProviderGuide } from './guide.ts';

/**
 * The two versions prove themselves differently: in v1 the person chooses what a header says, in v2 Unipile tells the
 * secret when the endpoint is made. One key may open several accounts there, which is why one can be named.
 */
export const unipile: ProviderGuide = {
  name: 'Unipile',
  channels: ['email', 'whatsapp', 'linkedin'],
  summary: 'A mailbox, a WhatsApp number or a LinkedIn profile that is connected at Unipile',
  before: [
    'In the Unipile dashboard, connect the mailbox, the number or the profile, and note its *account id*.',
    'Under *Access tokens*, make an API key; in version 1 note the *DSN* (such as `https://api1.unipile.com:13111`) too.',
    'In version 2, create the webhook endpoint first, with the address shown below: the answer tells its secret.',
  ],
  after: [
    'In version 1, create a webhook with the source `messaging` (for mail `email`) and this address: {url}',
    'Give it the header `Unipile-Auth` with the webhook secret as its value.',
    'Choose all message events. For new connections on LinkedIn create a second webhook with the source `users`.',
  ],
  secrets: [
    {
      key: 'apiVersion',
      label: 'API version',
      hint: 'Which of Unipile’s two you use.',
      isRequired: true,
      form: 'choice',
      choices: [
        { value: 'v1', label: 'Version 1' },
        { value: 'v2', label: 'Version 2' },
      ],
    },
    {
      key: 'webhookSecret',
      label: 'Webhook secret',
      hint: 'In version 1 any text, in version 2 the secret of the endpoint.',
      isRequired: true,
      form: 'secret',
      canGenerate: true,
    },
    {
      key: 'apiKey',
      label: 'API key',
      hint: 'Fetches files, whole mails and the past. Without it they are missing.',
      isRequired: false,
      form: 'secret',
    },
    {
      key: 'baseUrl',
      label: 'DSN',
      hint: 'Version 1 needs it to fetch anything; leave it empty in version 2.',
      isRequired: false,
      form: 'words',
      example: 'https://api1.unipile.com:13111',
    },
  ],
  settings: [
    {
      key: 'unipileAccountId',
      label: 'Account id at Unipile',
      hint: 'Needed where the API key opens several accounts of this channel.',
      isRequired: false,
      form: 'words',
    },
  ],
  history:
    'Unipile gives the past of mailboxes, chats and LinkedIn conversations to whoever has the API key.',
  pasted: ['webhookSecret'],
};
