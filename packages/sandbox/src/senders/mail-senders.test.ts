import { expect, test } from 'vitest';
import { plain, sending } from '../../test/webhooks.ts';
import { createNylasSender } from './nylas.ts';
import { createPostmarkSender } from './postmark.ts';
import { createUnipileMailSender } from './unipile-mail.ts';
import type { Webhook } from './sender.ts';

test('every sender gives one mail the same ids each time', () => {
  const idsOf = (webhook: Webhook): string[] =>
    webhook.body.toString('latin1').match(/"(?:MessageID|id|email_id|provider_id)":"[^"]+"/g) ?? [];
  for (const create of [createPostmarkSender, createNylasSender, createUnipileMailSender]) {
    const ids = idsOf(create().send(plain, sending));
    expect(ids.length).toBeGreaterThan(0);
    expect(idsOf(create().send(plain, { ...sending, nowMs: sending.nowMs + 5_000 }))).toEqual(ids);
  }
});
