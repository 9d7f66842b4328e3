import type { ProviderGuide } from './guide.ts';
import { mailboxPassword, mailboxSettings } from './mailbox.ts';

/** A mailbox posts nothing: there is no address to paste, and nothing arrives until its past is asked for. */
export const imap: ProviderGuide = {
  name: 'Mailbox (IMAP)',
  channels: ['email'],
  summary: 'A mailbox from which the past is fetched; new mail does not arrive by itself',
  before: ['Where your mail provider has them (Gmail, iCloud, Yahoo), make an app password for Kith.'],
  after: ['Choose below since when to fetch. The mailbox is only read: nothing is marked, moved or deleted.'],
  secrets: [{ ...mailboxPassword, isRequired: true, isForHistory: false }],
  settings: mailboxSettings.map((field) => ({
    ...field,
    isRequired: field.key === 'imap.host' || field.key === 'imap.user',
  })),
  history: 'Everything in the mailbox but drafts, spam and trash can be fetched.',
  isPullOnly: true,
};
