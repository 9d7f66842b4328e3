/*
 * How Unipile proves itself, in either version of its API, for all channels it serves.
 *
 * v1 repeats a header that was chosen when the webhook was made, and calls its JSON a form (its client's default). v2
 * signs the time and the bytes.
 */
import { hexHmac, jsonBytes, randomSecret, secondsOf } from './proofs.ts';
import type { Sending, Webhook } from './sender.ts';

/** How a webhook is set up at Unipile, and which connected account it is of. */
export interface UnipileOptions {
  apiVersion?: 'v1' | 'v2';
  webhookSecret?: string;
  /** For fetching what webhooks leave out; the account is connected without one where none is given. */
  apiKey?: string;
  /** v1: the customer's own address (the DSN). */
  baseUrl?: string;
}

/** A webhook of Unipile's that is set up. */
export interface UnipileWebhook {
  apiVersion: 'v1' | 'v2';
  secrets: Record<string, string>;
  post(body: object, sending: Sending): Webhook;
}

/** Sets up a webhook. */
export function createUnipileWebhook({
  apiVersion = 'v1',
  webhookSecret = randomSecret(),
  apiKey,
  baseUrl,
}: UnipileOptions): UnipileWebhook {
  return {
    apiVersion,
    secrets: {
      webhookSecret,
      apiVersion,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
    post: (content, { nowMs }) => {
      const body = jsonBytes(content);
      return { headers: headersOf(apiVersion, { webhookSecret, body, nowMs }), body };
    },
  };
}

function headersOf(
  apiVersion: 'v1' | 'v2',
  { webhookSecret, body, nowMs }: { webhookSecret: string; body: Buffer; nowMs: number },
): Record<string, string> {
  if (apiVersion === 'v1') {
    return {
      accept: 'application/json, text/plain, */*',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'axios/1.7.9',
      'unipile-auth': webhookSecret,
    };
  }
  const timestamp = secondsOf(nowMs);
  return {
    'content-type': 'application/json',
    'unipile-signature': `t=${timestamp},v0=${hexHmac(webhookSecret, `${timestamp}.`, body)}`,
  };
}

/** The envelope of v2. */
export function unipileEvent(
  type: string,
  payload: object,
  { id, accountId, provider, nowMs }: { id: string; accountId: string; provider: string; nowMs: number },
): object {
  return {
    object: 'Event',
    id: `evt_${id}`,
    created_at: new Date(nowMs).toISOString(),
    type,
    account_id: accountId,
    account_provider: provider,
    payload,
  };
}
