/*
 * Bodies as Unipile posts them for WhatsApp, in both versions of its API. Written after recorded ones, field by field;
 * nobody in them exists.
 */
type Fields = Record<string, unknown>;

/** An attendee of v1 with a number and a LID. */
export const attendee = (digits: string, lid: string, name: string): Fields => ({
  attendee_id: `row-${lid}`,
  attendee_provider_id: `${lid}@lid`,
  attendee_name: name,
  attendee_profile_url: null,
  attendee_specifics: { provider: 'WHATSAPP', phone_number: `+${digits}`, lid: `${lid}@lid` },
  attendee_public_identifier: `${digits}@s.whatsapp.net`,
});

export const kim = attendee('33660036335', '140874994434143', 'Kim');
export const leo = attendee('5511987654321', '160512172130375', 'Leo');
export const self = attendee('4917621446929', '258969398427850', 'Ana');

/** As the account is told in every event of v1. */
export const account = { type: 'WHATSAPP', phone_number: '+4917621446929' };

/** A v1 event about a message. */
export const v1Message = (fields: Fields = {}): Fields => ({
  event: 'message_received',
  account_id: '2qQuXs25TsimaAE62T2xSw',
  account_type: 'WHATSAPP',
  account_info: account,
  webhook_name: 'kith',
  chat_id: 'bMYVqTemU_C8Cqovci-KPA',
  attendees: [kim],
  sender: kim,
  subject: null,
  message: 'When can you come?',
  message_id: 'QUPm14_tVs2lDOiuXy7zEQ',
  timestamp: '2026-05-18T19:44:12.000Z',
  attachments: [],
  is_sender: false,
  provider_chat_id: '140874994434143@lid',
  provider_message_id: '3EB04E080C9EDA200019D4',
  is_event: 0,
  chat_pinned: 0,
  quoted: null,
  is_forwarded: null,
  chat_content_type: null,
  message_type: null,
  is_group: false,
  folder: ['INBOX'],
  ...fields,
});

/** An event of v2. */
export const v2Event = (type: string, payload: Fields, fields: Fields = {}): Fields => ({
  object: 'Event',
  id: 'evt_01kxnyg',
  created_at: '2026-05-18T19:44:14.000Z',
  account_id: 'acc_01kxnyghw9encssf19qv7dpj02',
  account_provider: 'whatsapp',
  type,
  payload,
  ...fields,
});

/** The same message in v2. */
export const v2Payload = (fields: Fields = {}): Fields => ({
  object: 'Message',
  id: '3EB04E080C9EDA200019D4',
  chat_id: '33660036335@s.whatsapp.net',
  text: 'When can you come?',
  sender_id: '33660036335@s.whatsapp.net',
  timestamp: '2026-05-18T19:44:12.000Z',
  is_sender: false,
  is_hidden: false,
  is_deleted: false,
  is_edited: false,
  is_event: false,
  attachments: [],
  provider: 'whatsapp',
  sender: v2User('33660036335', 'Kim'),
  ...fields,
});

/** A user of v2. */
export function v2User(digits: string, name: string): Fields {
  const id = `${digits}@s.whatsapp.net`;
  return { object: 'User', id, type: 'individual', display_name: name, public_identifier: digits };
}

/** One of each kind. */
export const everyBody: readonly Fields[] = [
  v1Message({ attachments: [{ attachment_id: 'a', attachment_type: 'audio', voice_note: true }] }),
  v1Message({ is_group: true, provider_chat_id: '120363041234567890@g.us', attendees: [kim, leo, self] }),
  v1Message({ is_sender: true, sender: self }),
  v1Message({ event: 'message_edited' }),
  v1Message({ event: 'message_deleted' }),
  v1Message({ event: 'message_reaction', reaction: '❤️', reaction_sender: kim }),
  v1Message({ event: 'message_read', is_sender: true, read_by: [kim] }),
  v2Event('message.new', v2Payload()),
  v2Event('message.update', v2Payload({ is_edited: true })),
  v2Event('message.receipt.delivery', { message_id: '3EB0', chat_id: '1@lid' }),
  v2Event('message.reaction.new', {
    message_id: '3EB0',
    reaction: { value: '❤️', sender: v2User('33660036335', 'Kim') },
  }),
];
