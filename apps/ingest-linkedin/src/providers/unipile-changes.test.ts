import { describeHostileBodies, readPosted } from '@kith/unipile/testing';
import { describe, expect, test } from 'vitest';
import {
  everyBody,
  kim,
  kimIdentifiers,
  self,
  v1Message,
  v1Relation,
  v2Event,
  v2Kim,
  v2Payload,
  v2Relation,
} from '../../test/unipile.ts';
import { unipile } from './unipile.ts';

const read = (body: unknown) => readPosted(unipile, body);
const messageId = '2-MTc4MzMzMTAwNzAwMmI4MDA4My0wMDM=';
const chatId = '2-OWYyMjMyNTItYzkzZC00ZjdjXzEwMA==';

describe('what becomes of a message', () => {
  test('an edit is the same edit however often it is told', async () => {
    const body = v1Message({ event: 'message_edited', message: 'Newer' });
    const first = await read(body);
    expect(first).toMatchObject([{ kind: 'edit', messageId, text: 'Newer', at: '2026-07-06T09:43:27.002Z' }]);
    expect(await read(body)).toEqual(first);
    const [other] = await read({ ...body, message: 'Newest' });
    expect(other).not.toMatchObject({ editId: first[0]?.kind === 'edit' ? first[0].editId : '' });
  });

  test('an update of v2 that is no edit is the message again', async () => {
    const edited = v2Event('message.update', v2Payload({ is_edited: true, text: 'Newer' }));
    expect(await read(edited)).toMatchObject([
      { kind: 'edit', messageId, text: 'Newer', at: '2026-07-06T09:43:29.000Z' },
    ]);
    const [seen] = await read(v2Event('message.update', v2Payload({ is_seen: true })));
    expect(seen).toMatchObject({ kind: 'message', externalId: messageId });
    const withoutText = v2Event('message.update', { id: messageId, chat_id: chatId });
    expect(await read(withoutText)).toMatchObject([{ kind: 'ignored', reason: 'nothing_for_us' }]);
  });

  test('a deletion', async () => {
    const at = '2026-07-06T09:43:29.000Z';
    expect(await read(v1Message({ event: 'message_deleted' }))).toMatchObject([
      { kind: 'deletion', messageId },
    ]);
    expect(await read(v2Event('message.delete', { id: messageId, chat_id: chatId }))).toEqual([
      { kind: 'deletion', messageId, at },
    ]);
  });

  test('a reaction is of who reacted, not of who wrote; nothing in it takes it back', async () => {
    const reaction = (fields: object) =>
      read(
        v1Message({
          event: 'message_reaction',
          is_sender: true,
          sender: self,
          reaction_sender: kim,
          ...fields,
        }),
      );
    const person = { identifiers: kimIdentifiers, displayName: 'Kim Sato' };
    expect(await reaction({ reaction: '👍' })).toEqual([
      { kind: 'reaction', messageId, person, emoji: '👍', at: '2026-07-06T09:43:27.002Z' },
    ]);
    for (const taken of ['', null, undefined]) {
      expect(await reaction({ reaction: taken })).toMatchObject([{ person, emoji: null }]);
    }
    const [mine] = await reaction({ reaction: '👍', reaction_sender: { ...self } });
    expect(mine).toMatchObject({ person: { own: true } });
    expect(await reaction({ reaction: '👍', reaction_sender: null })).toMatchObject([
      { kind: 'ignored', reason: 'nothing_for_us' },
    ]);
  });

  test('a reaction of v2, and its end', async () => {
    const payload = {
      message_id: messageId,
      chat_id: chatId,
      reaction: { value: '👍', sender: v2Kim, is_sender: false },
    };
    const wanted = { kind: 'reaction', messageId, person: { displayName: 'Kim Sato' } };
    expect(await read(v2Event('message.reaction.new', payload))).toMatchObject([{ ...wanted, emoji: '👍' }]);
    expect(await read(v2Event('message.reaction.delete', payload))).toMatchObject([
      { ...wanted, emoji: null },
    ]);
    const byAccount = { ...payload, reaction: { ...payload.reaction, is_sender: true } };
    expect(await read(v2Event('message.reaction.new', byAccount))).toMatchObject([{ person: { own: true } }]);
  });

  test('how far a message of the account came', async () => {
    const fields = { is_sender: true, sender: self };
    const at = '2026-07-06T09:43:27.002Z';
    const status = { kind: 'status', messageId, at, recipient: null, detail: null };
    expect(await read(v1Message({ ...fields, event: 'message_delivered' }))).toEqual([
      { ...status, status: 'delivered' },
    ]);
    expect(await read(v1Message({ ...fields, event: 'message_read', read_by: kim }))).toEqual([
      { ...status, status: 'read', recipient: kimIdentifiers[0] },
    ]);
    expect(await read(v1Message({ ...fields, event: 'message_failed', error: 'blocked' }))).toEqual([
      { ...status, status: 'failed', detail: 'blocked' },
    ]);
    const receipt = { chat_id: chatId, message_id: messageId, timestamp: '2026-07-06T10:00:00Z' };
    for (const [type, name] of [
      ['read', 'read'],
      ['delivery', 'delivered'],
    ] as const) {
      expect(await read(v2Event(`message.receipt.${type}`, receipt))).toMatchObject([
        { kind: 'status', status: name, at: '2026-07-06T10:00:00.000Z' },
      ]);
    }
  });

  test('that the account read what came to it is nothing of ours', async () => {
    expect(await read(v1Message({ event: 'message_read', is_sender: false }))).toMatchObject([
      { kind: 'ignored', reason: 'nothing_for_us' },
    ]);
  });
});

describe('besides messages', () => {
  test('a new connection has all identifiers that it is told with', async () => {
    const identifiers = [
      { kind: 'linkedin_profile', value: kim.attendee_provider_id },
      { kind: 'linkedin_public', value: 'kim-sato-1234' },
    ];
    const wanted = {
      kind: 'relation',
      relation: 'connection',
      person: { identifiers, displayName: 'Kim Sato' },
    };
    expect(await read(v1Relation)).toEqual([{ ...wanted, at: null }]);
    expect(await read(v2Relation)).toEqual([{ ...wanted, at: '2026-07-06T09:40:00.000Z' }]);
    expect(
      await read({
        ...v1Relation,
        user_provider_id: null,
        user_public_identifier: null,
        user_profile_url: 'x',
      }),
    ).toMatchObject([{ kind: 'ignored', reason: 'nothing_for_us' }]);
  });

  test('an account of another network is not ours, whatever happened in it', async () => {
    for (const body of [
      v1Message({ account_type: 'WHATSAPP' }),
      { event: 'mail_received', account_id: 'x', account_type: 'GOOGLE' },
      { ...v2Event('email.new', { id: 'e' }), account_provider: 'google' },
      { AccountStatus: { account_id: 'x', account_type: 'WHATSAPP', message: 'OK' } },
    ]) {
      expect(await read(body)).toMatchObject([{ kind: 'ignored', reason: 'other_account' }]);
    }
  });

  test('states of the account and what is no chat are ignored by name, and so is what is new', async () => {
    const of = (body: unknown) => read(body);
    const known = { kind: 'ignored', reason: 'not_a_conversation_event' };
    expect(await of({ AccountStatus: { account_id: 'x', account_type: 'LINKEDIN', message: 'OK' } })).toEqual(
      [{ ...known, detail: 'Unipile event "account_status"' }],
    );
    for (const type of [
      'account.status.errored',
      'email.new',
      'chat.update',
      'calendar.event.new',
      'follower.new',
    ]) {
      expect(await of(v2Event(type, {}))).toEqual([{ ...known, detail: `Unipile event "${type}"` }]);
    }
    expect(await of(v2Event('message.poll.closed', {}))).toMatchObject([
      { kind: 'ignored', reason: 'unknown_event_type', detail: 'Unipile event "message.poll.closed"' },
    ]);
    expect(await of(v1Message({ event: 'toString' }))).toMatchObject([{ reason: 'unknown_event_type' }]);
  });
});

describeHostileBodies(unipile, everyBody);
