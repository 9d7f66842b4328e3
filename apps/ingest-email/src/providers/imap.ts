/*
 * `imap`: a mailbox that posts nothing and is only asked for its history. Its mails are read as those of `mime` are;
 * what is read here is the word about a mail that was left out.
 */
import { accountSecrets } from '@kith/contracts';
import { readLeftOut } from '../imap/left-out.ts';
import { defineEmailProvider } from './email-provider.ts';

/** A mailbox by itself. */
export const imap = defineEmailProvider({
  name: 'imap',
  secrets: accountSecrets.imap,
  postsNothing: true,
  accepts: () => false,
  verify: () => 'invalid',
  readForm: ({ body }) => readLeftOut(body),
});
