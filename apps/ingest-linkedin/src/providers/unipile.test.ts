import { readPosted } from '@kith/unipile/testing';
import { describe, expect, test } from 'vitest';
import {
  kim,
  kimIdentifiers,
  leo,
  own,
  self,
  v1Attachment,
  v1Message,
  v2Attachment,
  v2Event,
  v2Payload,
} from '../../test/unipile.ts';
import { unipile } from './unipile.ts';

const read = (body: unknown) => readPosted(unipile, body);
const messageId = '2-MTc4MzMzMTAwNzAwMmI4MDA4My0wMDM=';
const chatId = '2-OWYyMjMyNTItYzkzZC00ZjdjXzEwMA==';
const ownIdentifiers = [{ kind: 'linkedin_profile', value: own }];

describe('a message', () => {
  test('of v1 is whole', async () => {
    expect(await read(v1Message())).toEqual([
      {
        kind: 'message',
        externalId: messageId,
        conversation: { kind: 'direct', externalId: chatId, aliases: ['unipile:R8J-xM9WX7eoHLp6gSVtWQ'] },
        participants: [
          { role: 'from', identifiers: kimIdentifiers, displayName: 'Kim Sato' },
          { role: 'to', identifiers: ownIdentifiers, displayName: null, own: true },
        ],
        subject: null,
        text: 'Could you send the offer again?',
        repliesTo: null,
        html: null,
        attachments: [],
        sentAt: '2026-07-06T09:43:27.002Z',
      },
    ]);
  });

  test('of v2 is the same message in the same conversation', async () => {
    const [older] = await read(v1Message());
    const [newer] = await read(v2Event('message.new', v2Payload()));
    expect(newer).toMatchObject({
      kind: 'message',
      externalId: messageId,
      conversation: { kind: 'direct', externalId: chatId },
      participants: [
        {
          role: 'from',
          identifiers: [
            { kind: 'linkedin_profile', value: kim.attendee_provider_id },
            { kind: 'linkedin_public', value: 'kim-sato-1234' },
          ],
        },
      ],
    });
    for (const key of ['text', 'sentAt', 'externalId'] as const) {
      expect(Reflect.get(newer ?? {}, key)).toEqual(Reflect.get(older ?? {}, key));
    }
  });

  test('the account itself wrote is its own, though the event says received, and whoever is listed', async () => {
    for (const attendees of [[kim], [kim, self], [self, kim]]) {
      const [item] = await read(v1Message({ is_sender: true, sender: self, attendees }));
      expect(item).toMatchObject({ kind: 'message', byAccount: true });
      expect(item?.kind === 'message' && item.participants).toMatchObject([
        { role: 'from', own: true, displayName: 'Ana Lima' },
        { role: 'to', identifiers: kimIdentifiers },
      ]);
      expect(item?.kind === 'message' && item.participants[1]?.own).toBeUndefined();
    }
  });

  test('the account wrote under its id of another product is not to itself', async () => {
    const sender = { attendee_provider_id: 'ACwAAABOwnOwnOwnOwnOwnOwn', attendee_name: 'Ana Lima' };
    const [item] = await read(v1Message({ is_sender: true, sender }));
    expect(item?.kind === 'message' && item.participants).toMatchObject([
      { role: 'from', identifiers: [{ kind: 'linkedin_sales' }], own: true },
      { role: 'to', identifiers: kimIdentifiers },
    ]);
  });

  test('without the flag is the account’s where the ids say so, and not otherwise', async () => {
    const [mine] = await read(v1Message({ is_sender: undefined, sender: self }));
    expect(mine).toMatchObject({
      byAccount: true,
      participants: [{ role: 'from', own: true }, { role: 'to' }],
    });
    const [theirs] = await read(v1Message({ is_sender: null }));
    expect(theirs).not.toHaveProperty('byAccount');
  });

  test('by the account is so even where nothing names it', async () => {
    const fields = { is_sender: true, sender: null, sender_id: null };
    const [item] = await read(v2Event('message.new', v2Payload(fields)));
    expect(item).toMatchObject({ kind: 'message', byAccount: true, participants: [] });
  });

  test('lists everybody once, however often and in whichever order they stand there', async () => {
    const [item] = await read(
      v1Message({ attendees: [self, kim, kim, self, { ...kim, attendee_specifics: {} }] }),
    );
    expect(item?.kind === 'message' && item.participants.map(({ role }) => role)).toEqual(['from', 'to']);
    expect(item).toMatchObject({ conversation: { kind: 'direct' } });
  });

  test('of more than two is in a group, of which they are members', async () => {
    for (const fields of [{ is_group: true }, { is_group: undefined, attendees: [kim, leo] }]) {
      const [item] = await read(v1Message({ attendees: [kim, leo, self], ...fields }));
      expect(item).toMatchObject({
        conversation: { kind: 'group', externalId: chatId },
        participants: [
          { role: 'from' },
          { role: 'member', own: true },
          { role: 'member', displayName: 'Leo Park' },
        ],
      });
    }
  });

  test('with a subject, a quote and a forward has them', async () => {
    const [inmail] = await read(
      v1Message({ subject: 'Offer', quoted: { provider_id: '2-Q', id: 'x' }, is_forwarded: 1 }),
    );
    expect(inmail).toMatchObject({ subject: 'Offer', repliesTo: '2-Q', marks: ['forwarded'] });
    const forwarded = { object: 'Message', text: 'What she wrote' };
    const fields = { specifics: { subject: 'Offer' }, quoted: { id: '2-Q' }, forwarded, text: '' };
    const [newer] = await read(v2Event('message.new', v2Payload(fields)));
    expect(newer).toMatchObject({
      subject: 'Offer',
      repliesTo: '2-Q',
      marks: ['forwarded'],
      text: 'What she wrote',
    });
  });

  test('with only Unipile’s own ids goes by those', async () => {
    const [item] = await read(v1Message({ provider_message_id: null, provider_chat_id: undefined }));
    expect(item).toMatchObject({
      externalId: 'ykmhfXlRW0W_cqReJYrfBw',
      conversation: { externalId: 'unipile:R8J-xM9WX7eoHLp6gSVtWQ' },
    });
  });

  test('whose author is nobody that normalises is kept without one', async () => {
    const sender = {
      attendee_name: 'LinkedIn Member',
      attendee_provider_id: 'AA1212sqqs',
      attendee_specifics: null,
    };
    const [item] = await read(v1Message({ sender, attendees: [sender] }));
    expect(item).toMatchObject({
      kind: 'message',
      participants: [{ role: 'to', own: true }],
      conversation: { kind: 'direct' },
    });
  });

  test('without an id or a chat is not one', async () => {
    for (const fields of [
      { message_id: null, provider_message_id: null },
      { chat_id: '', provider_chat_id: null },
    ]) {
      expect(await read(v1Message(fields))).toMatchObject([{ kind: 'unreadable', reason: 'not_a_message' }]);
    }
  });

  test('that the network itself shows, or hides, is ignored; one that is gone is a deletion', async () => {
    const reason = 'not_a_conversation_event';
    expect(await read(v1Message({ is_event: 1, event_type: 3 }))).toMatchObject([
      { kind: 'ignored', reason },
    ]);
    expect(await read(v2Event('message.new', v2Payload({ is_hidden: true })))).toMatchObject([
      { kind: 'ignored', reason },
    ]);
    expect(await read(v2Event('message.new', v2Payload({ is_deleted: true })))).toEqual([
      { kind: 'deletion', messageId, at: '2026-07-06T09:43:29.000Z' },
    ]);
  });
});

describe('a file', () => {
  test('is named with what it takes to fetch it, in either version', async () => {
    const locator = { messageId: 'ykmhfXlRW0W_cqReJYrfBw', attachmentId: 'att-1/2=', version: 'v1' };
    const named = { name: 'offer.pdf', type: 'application/pdf', inline: false, contentId: null };
    const media = { key: `unipile:${messageId}:att-1/2=`, size: 48_213 };
    const [older] = await read(v1Message({ attachments: [v1Attachment] }));
    expect(older).toMatchObject({ attachments: [{ ...named, media: { ...media, locator } }] });
    const [newer] = await read(v2Event('message.new', v2Payload({ attachments: [v2Attachment] })));
    expect(newer).toMatchObject({
      attachments: [
        {
          ...named,
          media: { ...media, locator: { version: 'v2', chatId, messageId, attachmentId: 'att-1/2=' } },
        },
      ],
    });
  });

  test('alone, as the documents have it, with fields named otherwise, or gone, is one too', async () => {
    const alone = { id: 'a', type: 'img', size: { width: '1' }, unavailable: 'true' };
    expect(await read(v1Message({ attachments: alone }))).toMatchObject([
      {
        attachments: [
          { name: 'img', type: 'image/jpeg', media: { size: null, locator: { attachmentId: '' } } },
        ],
      },
    ]);
  });

  test('is not what a shared post is: its text is what the message shows', async () => {
    const post = {
      id: 'p',
      type: 'linkedin_post',
      url: 'https://www.linkedin.com/feed/1',
      description: 'We hire',
    };
    const [item] = await read(v1Message({ message: null, attachments: [post] }));
    expect(item).toMatchObject({ text: 'We hire\nhttps://www.linkedin.com/feed/1', attachments: [] });
  });
});

describe('somebody', () => {
  const identifiersOf = async (fields: object) => {
    const [item] = await read(v1Message({ sender: { ...kim, ...fields }, attendees: [] }));
    return item?.kind === 'message' ? item.participants.find(({ role }) => role === 'from')?.identifiers : [];
  };

  test('goes by number, product id and slug, each once, emails last', async () => {
    const found = await identifiersOf({
      attendee_public_identifier: 'Kim-Sato-1234',
      attendee_profile_url: 'https://www.linkedin.com/in/kim-sato-1234/',
      attendee_specifics: {
        member_urn: '117649604',
        contact_info: { emails: ['Kim@Sato.example', 'no address'] },
      },
    });
    expect(found).toEqual([
      ...kimIdentifiers,
      { kind: 'linkedin_public', value: 'kim-sato-1234' },
      { kind: 'email', value: 'kim@sato.example' },
    ]);
  });

  test('of Sales Navigator and Recruiter has ids of theirs, case kept', async () => {
    for (const [id, kind] of [
      ['ACwAAAcDMMQBKimKimKimKimKim', 'linkedin_sales'],
      ['AEMAAAcDMMQBKimKimKimKimKim', 'linkedin_recruiter'],
    ]) {
      const fields = { attendee_provider_id: id, attendee_profile_url: null, attendee_specifics: null };
      expect(await identifiersOf(fields)).toEqual([{ kind, value: id }]);
    }
  });

  test('of whom only an email is told is nobody on LinkedIn', async () => {
    const specifics = { contact_info: { emails: ['kim@sato.example'] } };
    const fields = { attendee_provider_id: 'x y', attendee_profile_url: null, attendee_specifics: specifics };
    expect(await identifiersOf(fields)).toBeUndefined();
  });
});
