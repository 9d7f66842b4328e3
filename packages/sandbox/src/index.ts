/** Providers in miniature: the demo's records and mail, and posting webhooks as a provider does. */

export { type DemoDelivery, demoMail, demoThreads } from './history.ts';
export { forEachConcurrently } from './for-each-concurrently.ts';
export { buildMail } from './mail/build-mail.ts';
export type { Mail, MailAttachment, Mailbox } from './mail/mail.ts';
export { buildPostmarkBody } from './mail/postmark-body.ts';
export { playDemo, type PlayDemoOptions, type PlayedDemo } from './play-demo.ts';
export { type PostOptions, type PostResult, postWebhook, type WebhookTarget } from './post-webhook.ts';
export { createRandom, type Random } from './random.ts';
export { type DemoPipeline, type DemoRecord, demoPipelines, demoRecords } from './records.ts';
export type { DemoThread } from './story/thread.ts';
