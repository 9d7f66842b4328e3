import { accountSecrets } from '@kith/contracts';
import { defineProvider, type ParsedItem } from '../src/provider.ts';

/** The smallest provider there is; `behave` decides what its parser does with a body. */
export const tinyProvider = defineProvider({
  name: 'postmark',
  secrets: accountSecrets.postmark,
  accepts: (contentType) => contentType !== 'image/png',
  verify: ({ headers }, { password }) => (headers['x-password'] === password ? 'valid' : 'invalid'),
  read: ({ body }) => behave(Buffer.from(body).toString()),
  handshake: (query) => query.get('challenge'),
});

function behave(text: string): ParsedItem[] {
  if (text === 'throw') throw new Error('a defect');
  if (text === 'nothing') return [];
  if (text === 'wrong') return [messageOf({ sentAt: 'yesterday' })];
  if (text.startsWith('many ')) {
    const bare = { html: null, attachments: [] };
    return Array.from({ length: Number(text.slice(5)) }, (_, i) =>
      messageOf({ externalId: `message-${i}`, ...bare }),
    );
  }
  if (text === 'crowd') return [messageOf({ participants: crowd(10_000) })];
  return [messageOf({ text: 'NUL \0 and \ud800 half', subject: 'x'.repeat(5_000) })];
}

function messageOf(fields: Partial<Extract<ParsedItem, { kind: 'message' }>>): ParsedItem {
  return {
    kind: 'message',
    externalId: 'one',
    conversation: { kind: 'direct', externalId: 'chat' },
    participants: crowd(1),
    subject: null,
    text: '',
    html: Buffer.from('<p>hello</p>'),
    attachments: [
      { name: 'a.txt', type: 'text/plain', contentId: null, inline: false, bytes: Buffer.from('file') },
    ],
    sentAt: null,
    ...fields,
  };
}

const crowd = (size: number) =>
  Array.from({ length: size }, (_, i) => ({
    role: 'to' as const,
    identifiers: [{ kind: 'email' as const, value: `person-${i}@somewhere-with-a-long-name.example` }],
    displayName: `Person number ${i}`,
  }));

const secrets = { username: 'kith', password: 'right' };
/** An account of it, in the workspace `acme`. */
export const tinyAccount = {
  workspace: 'acme',
  accountId: 'support',
  provider: 'postmark',
  secrets,
} as const;
