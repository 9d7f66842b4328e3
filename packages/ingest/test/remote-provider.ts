import { accountSecrets } from '@kith/contracts';
import { getFrom, fetchFile } from '../src/fetch-file.ts';
import { defineProvider, type ParsedItem, TryAgainLater } from '../src/provider.ts';

/**
 * A provider whose webhooks only say where things lie: `text <url>` for a message's text, `file <url>` for a file of
 * one. It fetches with its account's password.
 */
export const remoteProvider = defineProvider({
  name: 'postmark',
  secrets: accountSecrets.postmark,
  accepts: () => true,
  verify: ({ headers }, { password }) => (headers['x-password'] === password ? 'valid' : 'invalid'),
  complete: async ({ body }, { password }, { egress }) => {
    const [kind, url = ''] = Buffer.from(body).toString().split(' ');
    if (kind !== 'text') return null;
    const headers = { authorization: `Bearer ${password}` };
    const answer = await getFrom(egress, { url, headers, bytesMax: 10_000, timeoutMs: 5_000 });
    if ('ended' in answer) return { body: Buffer.from(`missing ${answer.failure}`), contentType: null };
    return { body: answer.body, contentType: null };
  },
  read: ({ body }) => [messageOf(Buffer.from(body).toString())],
  fetchMedia: ({ url = '' }, { password }, { egress }) => {
    if (url === 'later') throw new TryAgainLater('asked for patience');
    return fetchFile(egress, { url, headers: { authorization: `Bearer ${password}` } });
  },
});

function messageOf(text: string): ParsedItem {
  const [kind, url = ''] = text.split(' ');
  const media = { key: `test:${url}`, size: null, locator: { url } };
  const file = { name: 'a.pdf', type: 'application/pdf', contentId: null, inline: false, media };
  return {
    kind: 'message',
    externalId: 'one',
    conversation: { kind: 'direct', externalId: 'chat' },
    participants: [],
    subject: null,
    text,
    html: null,
    attachments: kind === 'file' ? [file] : [],
    sentAt: null,
  };
}
