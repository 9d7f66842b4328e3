/** Providers in miniature: the demo's records and messages, and webhooks as every provider posts them. */

export type { IngestUrls } from './accounts.ts';
export type { HowWrong, Misbehaviour } from './apis/misbehaviour.ts';
export type { NylasApiGrant } from './apis/nylas-api.ts';
export { openProviderHost, type ProviderHost } from './apis/provider-host.ts';
export type { UnipileApiAccount } from './apis/unipile-told.ts';
export {
  type Chat,
  type ChatContent,
  type ChatEvent,
  type ChatFile,
  type ChatMessage,
  type ChatPerson,
  type ChatStatus,
  textOf,
} from './chat/chat.ts';
export { type ChatDelivery, demoChatDeliveries } from './chat-history.ts';
export { type DemoDelivery, demoHistory, itemsIn } from './demo-history.ts';
export { forEachConcurrently } from './for-each-concurrently.ts';
export { type DemoMail, demoMail, demoThreads } from './history.ts';
export { buildMail } from './mail/build-mail.ts';
export type { Mail, MailAttachment, Mailbox } from './mail/mail.ts';
export { buildPostmarkBody } from './mail/postmark-body.ts';
export type { HostCredentials } from './media/host-part.ts';
export type { AnsweredRequest } from './media/host-server.ts';
export { type MediaHost, openMediaHost } from './media/media-host.ts';
export type { HostFailure } from './media/media-shelf.ts';
export { playDemo, type PlayDemoOptions, type PlayedDemo } from './play-demo.ts';
export { type PostOptions, type PostResult, postWebhook, type WebhookTarget } from './post-webhook.ts';
export { createRandom, type Random } from './random.ts';
export { type DemoPipeline, type DemoRecord, demoPipelines, demoRecords } from './records.ts';
export { createMailgunSender } from './senders/mailgun.ts';
export { metaMessageId, type MetaNumber } from './senders/meta-names.ts';
export { createMetaSender, type MetaHistory, type MetaOptions, type MetaSender } from './senders/meta.ts';
export { createMimeSender, createSignedMimeSender } from './senders/mime.ts';
export { createNylasSender, type NylasOptions, type NylasSender } from './senders/nylas.ts';
export { createPostmarkSender } from './senders/postmark.ts';
export type { ChatSender, MailSender, Sending, Webhook } from './senders/sender.ts';
export { createSendgridSender, type SendgridOptions } from './senders/sendgrid.ts';
export { createSesSender, type SesOptions, type SesSender } from './senders/ses.ts';
export {
  type SnsKeyPair,
  snsTestCertificateName,
  snsTestKeyPair,
  writeSnsTestCertificate,
} from './senders/sns-test-certificate.ts';
export { createTwilioSender, type TwilioOptions } from './senders/twilio.ts';
export { twilioMedia } from './senders/twilio-parameters.ts';
export {
  createUnipileChatSender,
  unipileAccountId,
  type UnipileChatOptions,
} from './senders/unipile-chats.ts';
export {
  createUnipileMailSender,
  type UnipileMailOptions,
  type UnipileMailSender,
} from './senders/unipile-mail.ts';
export {
  networkMessageId,
  profileIdOf,
  unipileAttachmentId,
  type UnipileNetwork,
} from './senders/unipile-people.ts';
export { lidOf, metaMediaId, userIdOf, waIdOf } from './senders/whatsapp-ids.ts';
export type { DemoChat } from './story/demo-chat.ts';
export { demoChats } from './story/told-chats.ts';
export type { DemoThread } from './story/thread.ts';
