import { describe, expect, test } from 'vitest';
import { read } from '../../test/bodies.ts';
import { told } from '../../test/told.ts';
import { meta } from '../providers/meta.ts';

const text = { id: 'wamid.1', timestamp: '1790000000', type: 'text', text: { body: 'x' } };
const metadata = { display_phone_number: '+55 11 4002-8922', phone_number_id: '4' };

const readValue = async (value: object, settings = {}) =>
  read(meta, JSON.stringify({ entry: [{ id: '3', changes: [{ field: 'messages', value }] }] }), { settings });

const toldOf = async (list: 'messages' | 'message_echoes', message: object, more = {}): Promise<string> => {
  const [item] = await readValue({ metadata, [list]: [{ ...text, ...message }], ...more });
  return item === undefined ? '' : told(item).replace('direct wamid.1', '').replace(' | "x"', '').trim();
};

const sent = 'by the account | from own +551140028922';
const received = 'to own +551140028922';

describe('the two sides of a message', () => {
  test.each(['messages', 'message_echoes'] as const)('do not follow from the list %s', async (list) => {
    const ours = { from: '551140028922', to: '5511987654321' };
    const theirs = { from: '5511987654321', to: '551140028922' };
    expect(await toldOf(list, ours)).toBe(`${sent} | to +5511987654321`);
    expect(await toldOf(list, theirs)).toBe(`| from +5511987654321 | ${received}`);
  });

  test('are known however the number is written', async () => {
    for (const from of ['551140028922', '+55 11 4002-8922', 551140028922]) {
      expect(await toldOf('messages', { from, to: '5511987654321' })).toBe(`${sent} | to +5511987654321`);
    }
  });

  test('are known where the number cannot be read', async () => {
    const written = { metadata: { display_phone_number: 'TEST NUMBER', phone_number_id: '4' } };
    const ours = { from: 'TEST NUMBER', to: '5511987654321' };
    expect(await toldOf('message_echoes', ours, written)).toBe('by the account | to +5511987654321');
    expect(await toldOf('messages', { from: 'TEST NUMBER' }, written)).toBe('by the account');
  });

  test('are known where only the recipient is named', async () => {
    expect(await toldOf('message_echoes', { to: '5511987654321' })).toBe(`${sent} | to +5511987654321`);
    expect(await toldOf('message_echoes', { to: '551140028922' })).toBe('| member own +551140028922');
  });

  test('are not guessed from a number that is neither', async () => {
    expect(await toldOf('message_echoes', { from: '5521988887777', to: '5511987654321' })).toBe(
      `| from +5521988887777 | ${received} | to +5511987654321`,
    );
  });

  test('of a history are the person of the thread, unless the message names another', async () => {
    const context = { user_id: 'BR.7001' };
    const inThread = async (id: string, message: object) => {
      const messages = [{ ...text, ...message }];
      const [item] = await readValue({ metadata, history: [{ threads: [{ id, context, messages }] }] });
      return item === undefined ? '' : told(item).replace('direct wamid.1 | ', '');
    };
    const ana = '+5511987654321 = 3/BR.7001';
    expect(await inThread('5511987654321', { from: '5511987654321' })).toBe(
      `from ${ana} | ${received} | "x"`,
    );
    expect(await inThread('BR.7001', { from: '5511987654321' })).toBe(`from ${ana} | ${received} | "x"`);
    expect(await inThread('5511987654321', { from: '5521988887777' })).toBe(
      `from +5521988887777 | ${received} | "x"`,
    );
    expect(await inThread('5511987654321', { from: 'somebody' })).toBe(`${received} | member ${ana} | "x"`);
  });

  test('of what the account wrote in a history are the thread’s, also where the message names nobody', async () => {
    const messages = [{ ...text, from: '551140028922' }];
    const history = [{ threads: [{ id: '5511987654321', messages }] }];
    const [item] = await readValue({ metadata, history });
    const [named] = await readValue({
      metadata,
      history: [{ threads: [{ id: '5511987654321', messages: [{ ...messages[0], to: '5511987654321' }] }] }],
    });
    expect(item).toEqual(named);
    expect(item).toMatchObject({
      byAccount: true,
      conversation: { externalId: expect.stringMatching(/5511987654321/) },
    });
  });

  test('are one where somebody writes to themselves', async () => {
    expect(await toldOf('messages', { from: '551140028922', to: '551140028922' })).toBe(sent);
  });

  test('have no author where several could be meant', async () => {
    const contacts = [{ wa_id: '5511987654321' }, { wa_id: '5521988887777' }];
    expect(await toldOf('messages', {}, { contacts })).toBe('| member own +551140028922');
    expect(await toldOf('messages', {}, { contacts: contacts.slice(0, 1) })).toBe(
      `| from +5511987654321 | ${received}`,
    );
  });

  test('of a group are who wrote and the account', async () => {
    const [item] = await readValue({
      metadata,
      message_echoes: [{ ...text, from: '551140028922', to: 'R1', recipient_type: 'group' }],
    });
    expect(item).toMatchObject({
      byAccount: true,
      conversation: { kind: 'group', externalId: '4/group/R1' },
      participants: [{ role: 'from', own: true }],
    });
  });
});

describe('a person', () => {
  const ana = { wa_id: '5511987654321', user_id: 'BR.7001', parent_user_id: 'BR.ENT.8001' };

  test.each([
    [
      'their number, written otherwise',
      { from: '+55 11 98765-4321' },
      '+5511987654321 = 3/BR.7001 = 3/BR.ENT.8001',
    ],
    ['their user id', { from_user_id: 'BR.7001' }, '3/BR.7001 = +5511987654321 = 3/BR.ENT.8001'],
    [
      'both',
      { from: '5511987654321', from_user_id: 'BR.7001' },
      '+5511987654321 = 3/BR.7001 = 3/BR.ENT.8001',
    ],
    [
      'a user id of somebody else',
      { from: '5511987654321', from_user_id: 'BR.7002' },
      '+5511987654321 = 3/BR.7002',
    ],
    ['a number of somebody else', { from: '5521988887777' }, '+5521988887777'],
  ])('is completed by contacts for %s', async (_, message, person) => {
    expect(await toldOf('messages', message, { contacts: [ana] })).toBe(`| from ${person} | ${received}`);
  });

  test('has user ids within the portfolio that the settings name', async () => {
    const value = { metadata, messages: [{ ...text, from_user_id: 'BR.7001' }] };
    const [item] = await readValue(value, { portfolioId: '900' });
    expect(item).toMatchObject({ participants: [{ identifiers: [{ value: '900/BR.7001' }] }, {}] });
  });

  test('is no participant where nothing of them can be read, and the message is kept', async () => {
    const [item] = await readValue({ metadata, messages: [{ ...text, from: 'somebody' }] });
    expect(item).toMatchObject({
      conversation: { externalId: '4/somebody' },
      participants: [{ role: 'to', own: true }],
    });
  });
});

describe('the chat with a person', () => {
  const conversationOf = async (message: object, contacts: object[] = []) => {
    const [item] = await readValue({ metadata, contacts, messages: [{ ...text, ...message }] });
    const conversation = item?.kind === 'message' ? item.conversation : undefined;
    if (conversation?.kind !== 'direct') throw new Error('no chat');
    return [conversation.externalId, ...(conversation.aliases ?? [])];
  };

  test('is known by each of their ids, so that messages with one of them meet', async () => {
    const byNumber = await conversationOf({ from: '5511987654321' });
    const byUserId = await conversationOf({ from_user_id: 'BR.7001' });
    const byBoth = await conversationOf({ from: '5511987654321', from_user_id: 'BR.7001' });
    expect(byNumber).toEqual(['4/+5511987654321']);
    expect(byUserId).toEqual(['4/3/BR.7001']);
    expect(byBoth).toEqual([...byNumber, ...byUserId]);
  });

  test('is one of its own where a message names nobody', async () => {
    expect(await conversationOf({})).toEqual(['4/message/wamid.1']);
  });
});

describe('a message without an id', () => {
  test('has one that is the same for the same message, and for no other', async () => {
    const idOf = async (message: object) => {
      const [item] = await readValue({ metadata, messages: [{ ...text, id: undefined, ...message }] });
      return item?.kind === 'message' ? item.externalId : '';
    };
    const first = await idOf({ from: '5511987654321' });
    expect(first).toMatch(/^sha256:/);
    expect(await idOf({ from: '5511987654321' })).toBe(first);
    expect(await idOf({ from: '5521988887777' })).not.toBe(first);
    expect(await idOf({ from: '5511987654321', text: { body: 'y' } })).not.toBe(first);
  });
});
