import type { ParsedItem, ParsedMessage } from '@kith/ingest/provider';
import { describeHostileBodies, readPosted } from '@kith/unipile/testing';
import { describe, expect, test } from 'vitest';
import { everyBody, kim, leo, self, v1Message, v2Event, v2Payload, v2User } from '../../test/unipile.ts';
import { unipile } from './unipile.ts';

const read = (body: unknown): Promise<ParsedItem[]> => readPosted(unipile, body);
const readMessage = async (body: unknown): Promise<ParsedMessage> => {
  const [item] = await read(body);
  if (item?.kind !== 'message') throw new Error(`not a message but ${JSON.stringify(item)}`);
  return item;
};
/** Every key under which a message's conversation is known. */
const keysOf = async (body: unknown): Promise<string[]> => {
  const { conversation } = await readMessage(body);
  if (conversation.kind === 'thread') throw new Error('a chat is no thread');
  return [conversation.externalId, ...(conversation.aliases ?? [])];
};
const haveOneConversation = async (left: unknown, right: unknown): Promise<boolean> => {
  const keys = new Set(await keysOf(left));
  return (await keysOf(right)).some((key) => keys.has(key));
};

const kimIdentifiers = [
  { kind: 'phone', value: '+33660036335' },
  { kind: 'whatsapp_lid', value: '140874994434143@lid' },
];
const group = '120363041234567890@g.us';

describe('a message', () => {
  test('of v1 names the other side by number and LID, and the account by its number', async () => {
    expect(await readMessage(v1Message())).toMatchObject({
      externalId: '3EB04E080C9EDA200019D4',
      participants: [
        { role: 'from', identifiers: kimIdentifiers, displayName: 'Kim' },
        { role: 'to', identifiers: [{ kind: 'phone', value: '+4917621446929' }], own: true },
      ],
      text: 'When can you come?',
    });
  });

  test('of the account itself comes back as an echo, which is its own', async () => {
    const echo = await readMessage(v1Message({ is_sender: true, sender: self }));
    expect(echo).toMatchObject({
      byAccount: true,
      participants: [{ role: 'from', own: true }, { role: 'to' }],
    });
    expect(echo.participants[1]).toEqual({ role: 'to', identifiers: kimIdentifiers, displayName: 'Kim' });
  });

  test('of the account in v2, which lists nobody else, is to whom the chat is named after', async () => {
    const sender = v2User('4917621446929', 'Ana');
    const echo = await readMessage(v2Event('message.new', v2Payload({ is_sender: true, sender })));
    expect(echo).toMatchObject({
      byAccount: true,
      participants: [{ role: 'from', own: true }, { role: 'to' }],
    });
    expect(echo.participants[1]?.identifiers).toEqual(kimIdentifiers.slice(0, 1));
  });

  test('of v2 in a chat named by the number, written from a LID, is of one person', async () => {
    const sender = { id: '140874994434143@lid', display_name: 'Kim', public_identifier: '140874994434143' };
    const { participants } = await readMessage(v2Event('message.new', v2Payload({ sender })));
    expect(participants).toHaveLength(1);
    expect(participants[0]?.identifiers).toEqual(expect.arrayContaining(kimIdentifiers));
  });

  test('to oneself is to nobody else', async () => {
    const chat = { attendees: [self], sender: self, provider_chat_id: '258969398427850@lid' };
    const note = await readMessage(v1Message({ ...chat, is_sender: true }));
    expect(note).toMatchObject({ byAccount: true, conversation: { kind: 'direct' } });
    expect(note.participants).toMatchObject([{ role: 'from', own: true }]);
  });

  test('in a group has members; the group’s id names nobody', async () => {
    const fields = { provider_chat_id: group, attendees: [kim, leo, self], is_group: undefined };
    expect(await readMessage(v1Message(fields))).toMatchObject({
      conversation: { kind: 'group', externalId: group },
      participants: [{ role: 'from' }, { role: 'member', own: true }, { role: 'member', displayName: 'Leo' }],
    });
    expect(await readMessage(v2Event('message.new', v2Payload({ chat_id: group })))).toMatchObject({
      conversation: { kind: 'group', externalId: group },
      participants: [{ role: 'from' }],
    });
  });

  test('to a list of readers is no conversation', async () => {
    for (const chat of ['status@broadcast', '120363041@newsletter']) {
      expect(await read(v1Message({ provider_chat_id: chat }))).toMatchObject([
        { kind: 'ignored', reason: 'not_a_conversation_event' },
      ]);
    }
  });

  test('of LinkedIn is another account’s', async () => {
    expect(await read(v1Message({ account_type: 'LINKEDIN' }))).toMatchObject([
      { kind: 'ignored', reason: 'other_account' },
    ]);
  });
});

describe('somebody', () => {
  const identifiersOf = async (fields: object) => {
    const { participants } = await readMessage(v1Message({ sender: { ...kim, ...fields }, attendees: [] }));
    return participants.find(({ role }) => role === 'from')?.identifiers;
  };

  test('whose number is hidden goes by the LID, whose digits are no number', async () => {
    const hidden = { attendee_specifics: { phone_number: 'hidden' }, attendee_public_identifier: null };
    expect(await identifiersOf(hidden)).toEqual(kimIdentifiers.slice(1));
    const bare = {
      attendee_specifics: { phone_number: '+140874994434143' },
      attendee_public_identifier: '140874994434143',
    };
    expect(await identifiersOf(bare)).toEqual(kimIdentifiers.slice(1));
  });

  test('has one number however it is written', async () => {
    const public_identifier = '33660036335:12@s.whatsapp.net';
    expect(await identifiersOf({ attendee_public_identifier: public_identifier })).toEqual(kimIdentifiers);
  });

  test('with a business-scoped id without its scope has none', async () => {
    expect(await identifiersOf({ attendee_public_identifier: 'US.13491208655302741918' })).toEqual(
      kimIdentifiers,
    );
  });
});

describe('one chat is one conversation', () => {
  test('whether v1 names it by LID or by number', async () => {
    const byNumber = v1Message({ provider_chat_id: '33660036335@s.whatsapp.net', chat_id: 'other' });
    expect(await haveOneConversation(v1Message(), byNumber)).toBe(true);
  });

  test('in v1 and v2, once the account itself wrote in v2', async () => {
    const sender = v2User('4917621446929', 'Ana');
    const echo = v2Event('message.new', v2Payload({ is_sender: true, sender }));
    expect(await haveOneConversation(v1Message(), echo)).toBe(true);
    expect(await haveOneConversation(v2Event('message.new', v2Payload()), echo)).toBe(true);
  });

  test('for a number that was connected to Unipile anew', async () => {
    const anew = v1Message({ account_id: 'new', chat_id: 'new' });
    expect(await haveOneConversation(v1Message(), anew)).toBe(true);
  });

  test('for every account in a group, in both versions', async () => {
    const other = { account_id: 'x', chat_id: 'x', account_info: { phone_number: '+33660036336' } };
    const mine = v1Message({ provider_chat_id: group });
    expect(await haveOneConversation(mine, v1Message({ ...other, provider_chat_id: group }))).toBe(true);
    expect(await haveOneConversation(mine, v2Event('message.new', v2Payload({ chat_id: group })))).toBe(true);
  });

  test('but two accounts that write with one contact have two', async () => {
    const other = { account_id: 'x', chat_id: 'x', account_info: { phone_number: '+33660036336' } };
    expect(await haveOneConversation(v1Message(), v1Message(other))).toBe(false);
    const left = v2Event('message.new', v2Payload());
    expect(await haveOneConversation(left, { ...left, account_id: 'acc_other' })).toBe(false);
  });

  test('and one account has as many as it has contacts', async () => {
    const other = { provider_chat_id: '160512172130375@lid', chat_id: 'x', attendees: [leo], sender: leo };
    expect(await haveOneConversation(v1Message(), v1Message(other))).toBe(false);
  });

  test('whatever the keys are, they fit', async () => {
    const long = 'x'.repeat(2_000);
    const keys = await keysOf(v1Message({ account_id: long, chat_id: long }));
    expect(keys.length).toBeLessThanOrEqual(11);
    for (const key of keys) expect(key.length).toBeLessThanOrEqual(500);
  });
});

test('who reacted and who read are known by number', async () => {
  const reaction = {
    event: 'message_reaction',
    is_sender: true,
    sender: self,
    reaction: '❤️',
    reaction_sender: kim,
  };
  expect(await read(v1Message(reaction))).toMatchObject([
    { emoji: '❤️', person: { identifiers: kimIdentifiers } },
  ]);
  const receipt = { event: 'message_read', is_sender: true, sender: self, read_by: [kim] };
  expect(await read(v1Message(receipt))).toMatchObject([{ status: 'read', recipient: kimIdentifiers[0] }]);
  const mine = { ...reaction, reaction_sender: { ...self, attendee_provider_id: '258969398427850@lid' } };
  expect(await read(v1Message(mine))).toMatchObject([{ person: { own: true } }]);
});

describeHostileBodies(unipile, everyBody);
