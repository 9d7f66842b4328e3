/*
 * Mail for a stack under test: accounts that take raw mail, what is posted to them, and how it ended.
 */
import { expect } from 'vitest';
import type { WholeStack } from './whole-stack.ts';

/** What an account here is proved by. */
export const token = 'a-token-for-tests';

/** A mail to the desk, with the headers given beside its own. */
export const mail = (id: string, headers: Record<string, string> = {}, text = 'Hello'): string =>
  Object.entries({
    From: 'Zoe <zoe@whole.example>',
    To: 'desk@whole.example',
    Subject: `About ${id}`,
    'Message-ID': `<${id}@whole.example>`,
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('') + `\r\n${text}\r\n`;

/** Connects an account that takes raw mail. */
export const connect = (stack: WholeStack, accountId: string) =>
  stack.kith.write.accounts.upsert.mutate({
    accountId,
    channel: 'email',
    provider: 'mime',
    identifiers: [],
    secrets: { token },
  });

/** Posts a body to such an account. */
export async function post(
  stack: WholeStack,
  accountId: string,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${stack.local.urls.ingestEmail}/webhooks/mime/${accountId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822', ...headers },
    body,
  });
  const answer = (await response.json()) as { deliveryId?: string; error?: string; message?: string };
  return { status: response.status, ...answer };
}

/** How a delivery's only item ended. */
export async function outcomeOf(stack: WholeStack, deliveryId: string | undefined): Promise<string> {
  let outcome = 'pending';
  const ask = async () => {
    const { items } = await stack.kith.read.deliveries.outcomes.query({ deliveryIds: [deliveryId ?? ''] });
    const ended = items[0]?.outcomes?.[0];
    outcome = [ended?.outcome ?? 'pending', ended?.reason].filter((part) => part !== undefined).join(' ');
    return outcome;
  };
  await expect.poll(ask, { timeout: 20_000, interval: 50 }).not.toBe('pending');
  return outcome;
}
