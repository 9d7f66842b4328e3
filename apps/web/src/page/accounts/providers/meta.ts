import type { ProviderGuide } from './guide.ts';

/** Meta asks for the verify token before it accepts the address, so the account is connected first. */
export const meta: ProviderGuide = {
  name: 'Meta',
  channels: ['whatsapp'],
  summary: 'Numbers of the WhatsApp Business Platform, also those used in the WhatsApp Business app besides',
  before: [
    'In Meta for Developers, open your app, *App settings*, *Basic*, and copy the *App secret*.',
    'For files, make a permanent access token: in the Business settings, *System users*, *Generate token*, with `whatsapp_business_messaging`.',
  ],
  after: [
    'In your app, open *WhatsApp*, *Configuration*, and press *Edit* beside *Webhook*.',
    'Paste this address as *Callback URL*: {url}',
    'Paste the verify token as *Verify token*, and press *Verify and save*.',
    'Under *Webhook fields*, subscribe to `messages`, `standby`, `smb_message_echoes`, `history` and `smb_app_state_sync`.',
  ],
  secrets: [
    {
      key: 'appSecret',
      label: 'App secret',
      hint: 'Meta signs with it.',
      isRequired: true,
      form: 'secret',
    },
    {
      key: 'verifyToken',
      label: 'Verify token',
      hint: 'Any text; Meta asks for it once.',
      isRequired: true,
      form: 'secret',
      canGenerate: true,
    },
    {
      key: 'accessToken',
      label: 'Access token',
      hint: 'Fetches photos, voice messages and documents. Without it they are missing.',
      isRequired: false,
      form: 'secret',
    },
    {
      key: 'baseUrl',
      label: 'API address',
      hint: 'Leave it empty for Meta’s own.',
      isRequired: false,
      form: 'words',
      example: 'https://graph.facebook.com',
    },
  ],
  settings: [
    {
      key: 'portfolioId',
      label: 'Business portfolio',
      hint: 'Its id, where several WhatsApp Business accounts belong to one company.',
      isRequired: false,
      form: 'words',
    },
  ],
  history:
    'Meta cannot be asked for the past. It sends up to 180 days once, when a number of the WhatsApp Business app is connected and its owner shares the history.',
  hasNoPast: true,
  pasted: ['verifyToken'],
};
