import type { ProviderGuide } from './guide.ts';
import { mailboxHistory, mailboxPassword, mailboxSettings } from './mailbox.ts';

/** Postmark signs nothing: the credentials stand in the URL that it posts to, so the URL to paste is made of them. */
export const postmark: ProviderGuide = {
  name: 'Postmark',
  channels: ['email'],
  summary: 'Mail that Postmark receives in an inbound stream',
  before: [],
  after: [
    'In Postmark, open your server, choose the *Inbound* stream and go to its *Settings*.',
    'Paste this address as the *Webhook* address: {url}',
    'Tick *Include raw email content in JSON payload*, so that every mail is read as it was sent.',
    'Press *Check*, then *Save changes*. The check alone shows here as the first delivery.',
  ],
  secrets: [
    {
      key: 'username',
      label: 'User name',
      hint: 'Any word; it becomes a part of the address that you paste at Postmark.',
      isRequired: true,
      form: 'words',
      canGenerate: true,
    },
    {
      key: 'password',
      label: 'Password',
      hint: 'Postmark proves itself with it.',
      isRequired: true,
      form: 'secret',
      canGenerate: true,
    },
    mailboxPassword,
  ],
  settings: mailboxSettings,
  history: mailboxHistory,
  address: (url, { username, password }) =>
    url.replace(
      '://',
      `://${username === undefined ? '<user name>' : encodeURIComponent(username)}:${
        password === undefined ? '<password>' : encodeURIComponent(password)
      }@`,
    ),
};
