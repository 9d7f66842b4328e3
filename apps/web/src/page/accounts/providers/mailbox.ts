/* The mailbox behind an account: where its past is fetched from, for providers that keep none themselves. */
import type { GuideField } from './guide.ts';

/** The password of the mailbox, beside the provider's own secrets. */
export const mailboxPassword: GuideField = {
  key: 'imapPassword',
  label: 'Mailbox password',
  hint: 'Gmail and others want a password made for one program (an app password).',
  isRequired: false,
  form: 'secret',
  isForHistory: true,
};

/** Where the mailbox is. */
export const mailboxSettings: readonly GuideField[] = [
  {
    key: 'imap.host',
    label: 'IMAP server',
    hint: 'Where the mailbox is.',
    isRequired: false,
    form: 'words',
    example: 'imap.gmail.com',
  },
  {
    key: 'imap.user',
    label: 'IMAP user',
    hint: 'Usually the email address.',
    isRequired: false,
    form: 'words',
    example: 'support@acme.example',
  },
  {
    key: 'imap.port',
    label: 'IMAP port',
    hint: 'Leave it empty for 993, the usual one.',
    isRequired: false,
    form: 'number',
    example: '993',
  },
];

/** What a provider without a past of its own can give. */
export const mailboxHistory =
  'The past does not come by itself. Where the mail also lies in a mailbox, Kith can fetch it from there by IMAP; it only reads.';
