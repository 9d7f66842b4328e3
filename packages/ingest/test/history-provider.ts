import { accountSecrets } from '@kith/contracts';
import { getFrom } from '../src/fetch-file.ts';
import { objectOf, parseJson } from '../src/loose-json.ts';
import { defineProvider, type ParsedItem, TryAgainLater } from '../src/provider.ts';

/** What the host of `historyProvider` answers for a page. */
export interface HostedPage {
  messages: { id: string; text: string; at: string }[];
  next: string | null;
}

/** A provider whose account's past lies at `settings.url`, in pages. */
export const historyProvider = defineProvider({
  name: 'postmark',
  secrets: accountSecrets.postmark,
  accepts: () => true,
  verify: () => 'invalid',
  read: ({ body }) => (parseJson(body) as HostedPage['messages']).map(messageOf),
  fetchHistory: async ({ cursor, settings }, { password }, { egress }) => {
    const headers = { authorization: `Bearer ${password}` };
    const url = `${String(settings['url'])}/?cursor=${encodeURIComponent(cursor ?? '')}`;
    const answer = await getFrom(egress, { url, headers, bytesMax: 100_000, timeoutMs: 5_000 });
    if ('ended' in answer) return { ended: 'failed', reason: 'credentials_refused', detail: answer.detail };
    const page = objectOf(parseJson(answer.body)) as HostedPage | null;
    if (page === null) throw new TryAgainLater('half a page', { reason: 'bad_answer' });
    const body = Buffer.from(JSON.stringify(page.messages));
    const bodies =
      page.messages.length === 0 ? [] : [{ provider: 'postmark' as const, body, contentType: null }];
    return { ended: 'page', bodies, next: page.next };
  },
});

function messageOf({ id, text, at }: HostedPage['messages'][number]): ParsedItem {
  return {
    kind: 'message',
    externalId: id,
    conversation: { kind: 'direct', externalId: 'chat' },
    participants: [],
    subject: null,
    text,
    html: null,
    attachments: [],
    sentAt: at,
  };
}
