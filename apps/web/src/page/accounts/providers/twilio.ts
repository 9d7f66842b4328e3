import type { ProviderGuide } from './guide.ts';

/** Twilio signs the URL as it knows it: what a proxy changes on the way makes the signature wrong. */
export const twilio: ProviderGuide = {
  name: 'Twilio',
  channels: ['whatsapp'],
  summary: 'WhatsApp numbers that are connected through Twilio',
  before: [
    'In the Twilio console, under *Account info*, copy the *Auth token*, and the *Account SID* for the past.',
  ],
  after: [
    'Open *Messaging*, *Senders*, *WhatsApp senders*, and choose your number.',
    'Paste this address as *Webhook URL for incoming messages* and as *Status callback URL*, both with `HTTP POST`: {url}',
    'Behind a proxy that changes the address set `KITH_PUBLIC_URL`: Twilio signs the address that it was given.',
  ],
  secrets: [
    {
      key: 'authToken',
      label: 'Auth token',
      hint: 'Twilio signs with it, and files are fetched with it.',
      isRequired: true,
      form: 'secret',
    },
    {
      key: 'accountSid',
      label: 'Account SID',
      hint: 'Fetches the past.',
      isRequired: false,
      form: 'words',
      example: 'AC…',
    },
    {
      key: 'baseUrl',
      label: 'API address',
      hint: 'Leave it empty for Twilio’s own.',
      isRequired: false,
      form: 'words',
      example: 'https://api.twilio.com',
    },
  ],
  settings: [
    {
      key: 'portfolioId',
      label: 'Business portfolio',
      hint: 'Its id at Meta, where several senders belong to one company.',
      isRequired: false,
      form: 'words',
    },
  ],
  history: 'Twilio keeps WhatsApp messages, and gives them to whoever names the Account SID.',
};
