import type { ProviderGuide } from './guide.ts';

/**
 * Nylas tells the secret only after it has asked the address for an answer, and an account answers only once it is
 * connected: so it is connected with a secret that was made up, which is replaced afterwards.
 */
export const nylas: ProviderGuide = {
  name: 'Nylas',
  channels: ['email'],
  summary: 'Mailboxes of Gmail, Outlook and others, connected through Nylas',
  before: [
    'In the Nylas dashboard, under *API Keys*, make an API key of your application.',
    'Generate a webhook secret below for now. Nylas tells its own once it has reached this address.',
  ],
  after: [
    'Under *Notifications*, *Create webhook*, paste this address: {url}',
    'Choose the trigger `message.created`, and create it. Nylas shows the *webhook secret* once.',
    'Come back to this account, choose *Change*, and put in that webhook secret and, once more, the API key.',
  ],
  secrets: [
    {
      key: 'webhookSecret',
      label: 'Webhook secret',
      hint: 'Made up for now; replaced with what Nylas shows.',
      isRequired: true,
      form: 'secret',
      canGenerate: true,
    },
    {
      key: 'apiKey',
      label: 'API key',
      hint: 'Fetches each mail with its header and files, and the past. Without it files are missing.',
      isRequired: false,
      form: 'secret',
    },
    {
      key: 'baseUrl',
      label: 'API address',
      hint: 'Leave it empty for the United States.',
      isRequired: false,
      form: 'words',
      example: 'https://api.eu.nylas.com',
    },
  ],
  settings: [
    {
      key: 'grantId',
      label: 'Grant',
      hint: 'The one mailbox to fetch the past of; all of the application where it is empty.',
      isRequired: false,
      form: 'words',
    },
  ],
  history: 'Nylas gives the past of its mailboxes to whoever has the API key.',
};
