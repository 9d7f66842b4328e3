/* Puts what lists name by an id where it is fetched by that id: files, and mails alone. */
import type { ChatEvent } from '../chat/chat.ts';
import type { Mail } from '../mail/mail.ts';
import type { MediaShelf } from '../media/media-shelf.ts';
import { createNylasSender } from '../senders/nylas.ts';
import { twilioMedia } from '../senders/twilio-parameters.ts';
import { attachmentIdOf, mailIdOf, pairsOf } from '../senders/unipile-mail.ts';
import { unipileAttachmentId } from '../senders/unipile-people.ts';
import type { NylasApiGrant } from './nylas-api.ts';
import { v1Item, v2Item } from './unipile-mails.ts';
import type { UnipileApiAccount } from './unipile-told.ts';

/** The files of chats and mails, and the mails. */
export function shelveUnipile(
  shelf: MediaShelf,
  account: UnipileApiAccount,
  { chats, mails }: { chats: readonly ChatEvent[]; mails: readonly Mail[] },
): void {
  for (const event of chats) {
    if (event.kind !== 'message' || event.content.type !== 'file') continue;
    const { file } = event.content;
    shelf.addFile(unipileAttachmentId(file.id), file);
  }
  for (const mail of mails) {
    const item = account.apiVersion === 'v1' ? v1Item(mail, account) : v2Item(mail);
    shelf.addMessage(mailIdOf(mail), { ...item, headers: pairsOf(mail) });
    for (const [index, file] of (mail.attachments ?? []).entries()) {
      shelf.addFile(attachmentIdOf(mail, index), file);
    }
  }
}

/** The mails of a grant, and their files. */
export function shelveNylas(shelf: MediaShelf, { grantId }: NylasApiGrant, mails: readonly Mail[]): void {
  const sender = createNylasSender({ webhookSecret: 'unused', grantId });
  for (const mail of mails) {
    shelf.addMessage(sender.messageId(mail), sender.apiMessage(mail));
    for (const [index, file] of (mail.attachments ?? []).entries()) {
      shelf.addFile(sender.attachmentId(mail, index), file);
    }
  }
}

/** The files of chats at Twilio. */
export function shelveTwilio(shelf: MediaShelf, accountSid: string, chats: readonly ChatEvent[]): void {
  for (const event of chats) {
    if (event.kind !== 'message' || event.content.type !== 'file') continue;
    shelf.addFile(twilioMedia(accountSid, event).id, event.content.file);
  }
}
