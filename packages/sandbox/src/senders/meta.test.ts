import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  ana,
  at,
  atSeconds,
  bob,
  camille,
  group,
  messageOf,
  ours,
  photo,
  statusOf,
  theirs,
  withCamille,
} from '../../test/chats.ts';
import { jsonOf, secretOf } from '../../test/webhooks.ts';
import type { ChatEvent } from '../chat/chat.ts';
import { createMetaSender } from './meta.ts';
import type { Webhook } from './sender.ts';

const number = { phone: '+442079460999', phoneNumberId: '417', businessAccountId: '93' };
const meta = createMetaSender({ number });

interface Change {
  field: string;
  value: Record<string, unknown>;
}
const changesIn = (webhook: Webhook): Change[] => {
  const { object, entry } = jsonOf(webhook) as { object: string; entry: { id: string; changes: Change[] }[] };
  expect(object).toBe('whatsapp_business_account');
  return entry.flatMap(({ id, changes }) => {
    expect(id).toBe('93');
    return changes;
  });
};
const changeOf = (event: ChatEvent): Change => {
  const [change, ...others] = changesIn(meta.send(event));
  if (change === undefined || others.length > 0) throw new Error('not one change');
  expect(change.value).toMatchObject({
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '442079460999', phone_number_id: '417' },
  });
  return change;
};
const anasIds = { from: '551187654321', from_user_id: expect.stringMatching(/^BR\.\d{20}$/) };

describe('the proof', () => {
  test('is over the bytes, in which everything but ASCII, and every slash, is escaped', () => {
    const webhook = meta.send(theirs);
    const digest = createHmac('sha256', secretOf(meta, 'appSecret')).update(webhook.body).digest('hex');
    expect(webhook.headers).toMatchObject({
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${digest}`,
    });
    const text = webhook.body.toString('latin1');
    expect(text).toContain(String.raw`"Ol\u00e1 \ud83d\ude00 a\/b"`);
    expect(text).toMatch(/^[\x20-\x7e]+$/);
  });

  test('is of the account alone, which is given the rest only where it is known', () => {
    expect(secretOf(createMetaSender(), 'appSecret')).not.toBe(secretOf(createMetaSender(), 'appSecret'));
    expect(Object.keys(meta.secrets)).toEqual(['appSecret', 'verifyToken']);
    const full = createMetaSender({ accessToken: 'token', baseUrl: 'http://127.0.0.1:1' });
    expect(full.secrets).toMatchObject({ accessToken: 'token', baseUrl: 'http://127.0.0.1:1' });
  });
});

describe('what is written', () => {
  test('by others comes in messages, with who they are', () => {
    expect(changeOf(theirs)).toMatchObject({
      field: 'messages',
      value: {
        contacts: [{ profile: { name: 'Ana Lima' }, wa_id: '551187654321', user_id: anasIds.from_user_id }],
        messages: [
          {
            ...anasIds,
            id: expect.stringMatching(/^wamid\./),
            timestamp: atSeconds,
            type: 'text',
            text: { body: 'Olá 😀 a/b' },
          },
        ],
      },
    });
  });

  test('by the account comes as an echo to whom it is for', () => {
    const { field, value } = changeOf(ours);
    expect(field).toBe('smb_message_echoes');
    expect(value['messages']).toBeUndefined();
    expect(value['message_echoes']).toMatchObject([
      {
        from: '442079460999',
        to: '551187654321',
        to_user_id: anasIds.from_user_id,
        context: {
          from: '551187654321',
          id: (changeOf(theirs).value['messages'] as { id: string }[])[0]?.id,
        },
      },
    ]);
  });

  test('by somebody who goes by a username names no number anywhere', () => {
    const { value } = changeOf(messageOf({ chat: withCamille, from: camille }));
    const [contact] = value['contacts'] as object[];
    const [message] = value['messages'] as object[];
    expect(contact).toMatchObject({ profile: { name: 'Camille', username: 'camille.r' } });
    expect(contact).not.toHaveProperty('wa_id');
    expect(message).toMatchObject({ from_user_id: expect.stringMatching(/^FR\./) });
    expect(message).not.toHaveProperty('from');
  });

  test('in a group names the group, in either direction', () => {
    const [message] = changeOf(messageOf({ chat: group, from: bob })).value['messages'] as object[];
    const groupId = expect.stringMatching(/^[A-Za-z0-9]+$/);
    expect(message).toMatchObject({ from: '442079460150', group_id: groupId });
    expect(changeOf(messageOf({ chat: group, from: null })).value['message_echoes']).toMatchObject([
      { to: groupId, recipient_type: 'group' },
    ]);
  });

  test('has its content, and a file only by name', () => {
    const webhook = meta.send(messageOf({ content: { type: 'file', file: photo, caption: 'Look' } }));
    expect(changesIn(webhook)[0]?.value['messages']).toMatchObject([
      { type: 'image', image: { caption: 'Look' } },
    ]);
    expect(webhook.body.includes(photo.content)).toBe(false);
  });

  test('may be forwarded, or follow an advert', () => {
    const advert = { id: '9', headline: 'Vans', body: 'Plan them', url: 'https://fb.me/x' };
    expect(changeOf(messageOf({ forwarded: true, advert })).value['messages']).toMatchObject([
      { context: { forwarded: true }, referral: { source_id: '9', headline: 'Vans', source_type: 'ad' } },
    ]);
  });
});

describe('what happens to it', () => {
  const idOf = (key: 'messages' | 'message_echoes', event: ChatEvent): unknown =>
    (changeOf(event).value[key] as { id: string }[])[0]?.id;

  test.each(['sent', 'delivered', 'read', 'played'] as const)('%s is a status of it', (status) => {
    const { field, value } = changeOf(statusOf(status));
    expect(field).toBe('messages');
    expect(value['statuses']).toMatchObject([
      {
        id: idOf('message_echoes', ours),
        status,
        timestamp: atSeconds,
        recipient_id: '551187654321',
        recipient_user_id: anasIds.from_user_id,
      },
    ]);
  });

  test('a failure has its error, and a status in a group its participant', () => {
    expect(changeOf(statusOf('failed')).value['statuses']).toMatchObject([{ errors: [{ code: 131026 }] }]);
    const inGroup = statusOf('read', messageOf({ chat: group, from: null }));
    expect(changeOf(inGroup).value['statuses']).toMatchObject([
      { recipient_type: 'group', recipient_participant_id: '551187654321' },
    ]);
  });

  test('reactions, edits and deletions name the message, and come from whoever made them', () => {
    const reaction: ChatEvent = { kind: 'reaction', id: 'r', message: ours, from: ana, emoji: '👍', at };
    expect(changeOf(reaction).value['messages']).toMatchObject([
      { ...anasIds, type: 'reaction', reaction: { message_id: idOf('message_echoes', ours), emoji: '👍' } },
    ]);
    const takenBack = changeOf({ ...reaction, emoji: null }).value['messages'];
    expect(takenBack).toMatchObject([{ reaction: { emoji: '' } }]);
    expect(
      changeOf({ kind: 'edit', id: 'e', message: theirs, text: 'New', at }).value['messages'],
    ).toMatchObject([
      {
        ...anasIds,
        type: 'edit',
        edit: { original_message_id: idOf('messages', theirs), message: { text: { body: 'New' } } },
      },
    ]);
    const revoked = changeOf({ kind: 'deletion', id: 'd', message: ours, at });
    expect(revoked).toMatchObject({
      field: 'smb_message_echoes',
      value: {
        message_echoes: [{ type: 'revoke', revoke: { original_message_id: idOf('message_echoes', ours) } }],
      },
    });
  });
});

test('a new number is told with the ids before and after it', () => {
  const moved = { ...bob, phone: '+5521977776666', id: 'ana-2' };
  const { value } = changeOf({ kind: 'new_number', id: 'n', person: moved, previous: ana, at });
  expect(value['messages']).toMatchObject([
    {
      from: '551187654321',
      type: 'system',
      system: { type: 'user_changed_number', wa_id: '5521977776666', previous_user_id: anasIds.from_user_id },
    },
  ]);
});

test('a contact is an entry of the address book', () => {
  expect(changeOf({ kind: 'contact', id: 'k', person: ana, at })).toMatchObject({
    field: 'smb_app_state_sync',
    value: {
      state_sync: [
        { type: 'contact', action: 'add', contact: { full_name: 'Ana Lima', phone_number: '551187654321' } },
      ],
    },
  });
});

test('several things come in one webhook, each its own change', () => {
  expect(changesIn(meta.sendTogether([theirs, ours, statusOf('read')])).map(({ field }) => field)).toEqual([
    'messages',
    'smb_message_echoes',
    'messages',
  ]);
});

test('a history has threads by person, without files, under the ids of the messages themselves', () => {
  const file = messageOf({ id: 'm3', content: { type: 'file', file: photo } });
  const webhook = meta.sendHistory({
    phase: 1,
    chunkOrder: 2,
    progress: 55,
    threads: [[theirs, ours, file], [messageOf({ chat: withCamille, from: null })]],
  });
  const [live] = changeOf(theirs).value['messages'] as { id: string }[];
  expect(changesIn(webhook)).toMatchObject([
    {
      field: 'history',
      value: {
        history: [
          {
            metadata: { phase: 1, chunk_order: 2, progress: 55 },
            threads: [
              {
                id: '551187654321',
                context: { wa_id: '551187654321' },
                messages: [
                  { from: '551187654321', id: live?.id, history_context: { status: 'READ' } },
                  { from: '442079460999', to: '551187654321' },
                  { type: 'media_placeholder' },
                ],
              },
              {
                id: expect.stringMatching(/^FR\./),
                messages: [{ to_user_id: expect.stringMatching(/^FR\./) }],
              },
            ],
          },
        ],
      },
    },
  ]);
  expect(changesIn(meta.sendHistoryDeclined())).toMatchObject([
    { field: 'history', value: { history: [{ errors: [{ code: 2593109 }] }] } },
  ]);
});
