/*
 * Every way a webhook request can end, with the answer each becomes.
 *
 * The statuses are chosen for what providers do with them: some stop for ever on 403 or 406, all retry on 503, and
 * a redirect is never followed. Anything of ours that is down, full or slow is therefore a 503.
 */

/** How a request to the webhook route ended. */
export type WebhookOutcome =
  | { answer: 'accepted'; deliveryId: string } // 200: durable
  | { answer: 'handshake'; text: string } //     200: the text that the provider asked for
  | { answer: RefusalCode }; //                  see `refusals`

/** What a refusal becomes: its status, and what whoever set up the webhook can do about it. */
export const refusals = {
  wrong_content_type: { status: 400, message: 'the Content-Type is not one that this provider sends' },
  wrong_content_encoding: {
    status: 400,
    message: 'the Content-Encoding is not one that is read: send the body as it is, or as gzip',
  },
  empty_body: { status: 400, message: 'the body is empty: post what the provider delivers' },
  signature_invalid: {
    status: 401,
    message: 'the signature or credentials are missing or wrong: compare the secret with accounts.upsert',
  },
  no_such_provider: { status: 404, message: 'this service serves no such provider: check the webhook URL' },
  no_such_account: {
    status: 404,
    message: 'no such account with this provider: check the webhook URL, or connect it with accounts.upsert',
  },
  not_a_post: { status: 404, message: 'send a POST to /webhooks/<provider>/<accountId>' },
  body_too_large: { status: 413, message: 'the body is larger than this service takes' },
  busy: { status: 503, message: 'too much is in progress: try again' },
  body_incomplete: { status: 503, message: 'the body did not arrive whole or in time: try again' },
  account_not_unique: {
    status: 503,
    message: 'the secret fits accounts of several workspaces: give each its own with accounts.upsert',
  },
  unavailable: { status: 503, message: 'temporarily unavailable: try again' },
} as const;

/** The code of a refusal, which is the `error` of its answer. */
export type RefusalCode = keyof typeof refusals;

/** A refusal with this code. */
export const refuse = (answer: RefusalCode): WebhookOutcome => ({ answer });
