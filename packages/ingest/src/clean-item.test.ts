import { DeliveryItem } from '@kith/contracts';
import { expect, test } from 'vitest';
import { cleanItem } from './clean-item.ts';

test('what a message is marked as, and what its participants are, stays', () => {
  const message: DeliveryItem = {
    kind: 'message',
    externalId: 'x',
    conversation: { kind: 'thread', messageIds: ['a@x', 'ical:event\0@x'] },
    participants: [
      {
        role: 'sender',
        identifiers: [{ kind: 'email', value: 'sales@acme.example' }],
        displayName: "'Ana' via Sales\ud800",
        nature: 'list',
      },
      { role: 'attendee', identifiers: [{ kind: 'email', value: 'bo@x.example' }], displayName: null },
    ],
    subject: null,
    text: '',
    html: null,
    attachments: [],
    sentAt: null,
    marks: ['list', 'calendar'],
  };
  const cleaned = cleanItem(message);
  expect(DeliveryItem.parse(cleaned)).toEqual(cleaned);
  expect(cleaned).toMatchObject({
    conversation: { messageIds: ['a@x', 'ical:event@x'] },
    participants: [{ nature: 'list', displayName: "'Ana' via Sales\u{FFFD}" }, { role: 'attendee' }],
    marks: ['list', 'calendar'],
  });
});
