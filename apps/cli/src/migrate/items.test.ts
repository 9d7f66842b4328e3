import { DeliveryItem } from '@kith/contracts';
import { expect, test } from 'vitest';
import { type ItemRules, itemOf } from './items.ts';
import { Mapping } from './mapping.ts';
import { type OldParticipant, readMessage } from './old-rows.ts';

const nobody = { recordId: null, confidence: null, method: null, email: null, phone: null, linkedin: null };
const ana: OldParticipant = {
  ...nobody,
  id: '1',
  email: 'Ana@Lima.example',
  phone: '5511987654321',
  name: 'Ana',
};
const desk: OldParticipant = {
  ...nobody,
  id: '2',
  email: 'desk@acme.example',
  phone: '+442079460958',
  name: null,
};
const bo: OldParticipant = { ...nobody, id: '3', email: 'bo@x.example', phone: '+46855501066', name: 'Bo' };

const rules = (mapping: object = {}): ItemRules => ({
  mapping: Mapping.parse(mapping),
  source: 'crm',
  own: { keys: new Set(['email desk@acme.example', 'phone +442079460958']), domains: new Set() },
  writers: new Set(),
});

/** The item of a row in a conversation of these people. */
function make(
  raw: object,
  { type, people = [ana, desk], mapping = {} }: { type: string; people?: OldParticipant[]; mapping?: object },
) {
  const row = {
    id: '7',
    senderId: '1',
    conversationId: '70',
    threadId: 'th',
    subject: 'Old',
    channelType: type,
    raw,
  };
  const message = readMessage(Mapping.parse(mapping), row);
  const page = {
    messages: [message],
    members: new Map([['70', people.map((participant) => ({ participant, role: 'cc' }))]]),
    participants: new Map(people.map((participant) => [participant.id, participant])),
  };
  const made = itemOf(rules(mapping), page, message);
  if (made.ok) expect(DeliveryItem.parse(made.item)).toEqual(made.item);
  return made.ok ? made : { ...made, item: undefined, html: undefined };
}

const sentAt = '2026-03-01T10:00:00+00:00';

test('a mail joins the thread of its ids, and keeps the old conversation together', () => {
  const metadata = { headers: [{ name: 'References', value: '<a@x> <b@x>' }], in_reply_to: '<b@x>' };
  const raw = {
    external_message_id: '<c@x>',
    direction: 'inbound',
    content: 'Hi',
    sent_at: sentAt,
    metadata,
  };
  const { item } = make(raw, { type: 'Gmail' });
  expect(item?.conversation).toEqual({
    kind: 'thread',
    messageIds: ['c@x', 'a@x', 'b@x', 'legacy:crm:conversation:70'],
  });
  expect(item?.participants.map(({ identifiers, role }) => [identifiers[0]?.value, role])).toEqual([
    ['ana@lima.example', 'from'],
    ['desk@acme.example', 'cc'],
  ]);
  expect([item?.subject, item?.sentAt, item?.byAccount]).toEqual([
    'Old',
    '2026-03-01T10:00:00.000Z',
    undefined,
  ]);
});

test('the same rows are the same message; another text is another', () => {
  const raw = { external_message_id: 'c@x', content: 'Hello  there', sent_at: sentAt };
  const { item } = make(raw, { type: 'email' });
  expect(make({ ...raw, content: '> Hello\r\nthere' }, { type: 'email' }).item?.externalId).toBe(
    item?.externalId,
  );
  expect(make({ ...raw, content: 'Hello you' }, { type: 'email' }).item?.externalId).not.toBe(
    item?.externalId,
  );
});

test('HTML is kept as it is, with its words as the text', () => {
  const content = '<style>p{}</style><p>One &amp; two</p><p>caf&#233;<br>three</p>';
  const made = make({ content, direction: 'OUT' }, { type: 'email' });
  expect([made.html, made.item?.text, made.item?.byAccount]).toEqual([
    content,
    'One & two\n\ncafé\nthree',
    true,
  ]);
  expect(make({ content: 'a < b and <b> is bold' }, { type: 'email' }).html).toBeNull();
});

test('a chat keeps its external ids, and is a group only with several people besides the company', () => {
  const raw = { external_message_id: 'wamid.1', content: 'Hi' };
  const direct = make(raw, { type: 'whatsapp' });
  expect(direct.item).toMatchObject({
    externalId: 'wamid.1',
    conversation: { kind: 'direct', externalId: 'th' },
    subject: null,
  });
  expect(direct.item?.participants[0]?.identifiers).toEqual([{ kind: 'phone', value: '+5511987654321' }]);
  expect(make(raw, { type: 'whatsapp', people: [ana, desk, bo] }).item?.conversation.kind).toBe('group');
  const mapping = { accounts: { whatsapp: { accountId: 'x', provider: 'unipile' } } };
  expect(make(raw, { type: 'whatsapp', mapping }).item?.conversation).toMatchObject({
    aliases: ['unipile:th'],
  });
});

test('what cannot be placed is told, and what is missing is not made up', () => {
  expect(make({ content: 'x' }, { type: 'pigeon' })).toMatchObject({ broken: 'message_on_unknown_channel' });
  const lonely = make({}, { type: 'whatsapp', people: [] });
  expect(lonely.item).toMatchObject({
    externalId: 'legacy:crm:message:7',
    participants: [],
    sentAt: null,
    text: '',
  });
});
