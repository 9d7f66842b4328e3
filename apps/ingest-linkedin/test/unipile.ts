/*
 * Bodies as Unipile posts them for LinkedIn, one builder per kind, in both versions of its API. Written after recorded
 * ones, field by field; nobody in them exists.
 */
export const own = 'ACoAAAABOwnOwnOwnOwnOwnOwnOwnOwnOwn1';
export const kim = {
  attendee_id: 'C8zaRZTlVcmfnke_Vai4Gg',
  attendee_provider_id: 'ACoAAAcDMMQBKimKimKimKimKimKimKimKim1',
  attendee_name: 'Kim Sato',
  attendee_profile_url: 'https://www.linkedin.com/in/ACoAAAcDMMQBKimKimKimKimKimKimKimKim1',
  attendee_specifics: {
    provider: 'LINKEDIN',
    member_urn: 'urn:li:member:117649604',
    occupation: 'Head of Purchasing',
    is_company: false,
    network_distance: 'DISTANCE_1',
  },
  attendee_public_identifier: null,
};
export const self = {
  attendee_id: '12Siz1Vcmfnke_Vai4Gg',
  attendee_provider_id: own,
  attendee_name: 'Ana Lima',
  attendee_profile_url: `https://www.linkedin.com/in/${own}`,
  attendee_specifics: { provider: 'LINKEDIN', member_urn: 'urn:li:member:77' },
  attendee_public_identifier: 'ana-lima',
};
export const leo = {
  attendee_id: 'leo',
  attendee_provider_id: 'ACoAAAzLeoLeoLeoLeoLeoLeoLeoLeoLeo1',
  attendee_name: 'Leo Park',
  attendee_specifics: {},
};

export const kimIdentifiers = [
  { kind: 'linkedin_member', value: 'urn:li:member:117649604' },
  { kind: 'linkedin_profile', value: 'ACoAAAcDMMQBKimKimKimKimKimKimKimKim1' },
];

type Fields = Record<string, unknown>;

/** A v1 event about a message: Unipile posts the whole message with each. */
export const v1Message = (fields: Fields = {}): Fields => ({
  event: 'message_received',
  account_id: 'fFl27we2Rqa0eSbwIKX9hw',
  account_type: 'LINKEDIN',
  account_info: { type: 'LINKEDIN', feature: 'classic', user_id: own },
  webhook_name: 'kith',
  chat_id: 'R8J-xM9WX7eoHLp6gSVtWQ',
  attendees: [kim],
  sender: kim,
  subject: null,
  message: 'Could you send the offer again?',
  message_id: 'ykmhfXlRW0W_cqReJYrfBw',
  timestamp: '2026-07-06T09:43:27.002Z',
  attachments: [],
  is_sender: false,
  provider_chat_id: '2-OWYyMjMyNTItYzkzZC00ZjdjXzEwMA==',
  provider_message_id: '2-MTc4MzMzMTAwNzAwMmI4MDA4My0wMDM=',
  is_event: 0,
  chat_pinned: 0,
  quoted: null,
  reply_to: null,
  is_forwarded: null,
  chat_content_type: null,
  message_type: 'MESSAGE',
  is_group: false,
  folder: ['INBOX', 'INBOX_LINKEDIN_CLASSIC'],
  event_type: null,
  ...fields,
});

/** An event of v2. */
export const v2Event = (type: string, payload: Fields): Fields => ({
  object: 'Event',
  id: 'evt_01kxnyg',
  created_at: '2026-07-06T09:43:29.000Z',
  account_id: 'acc_01kxnygph1e4fbp1shppg85as3',
  account_provider: 'linkedin',
  account_name: 'Ana Lima',
  type,
  payload,
});

/** The same message in v2, which knows the network's ids only. */
export const v2Payload = (fields: Fields = {}): Fields => ({
  object: 'Message',
  id: '2-MTc4MzMzMTAwNzAwMmI4MDA4My0wMDM=',
  chat_id: '2-OWYyMjMyNTItYzkzZC00ZjdjXzEwMA==',
  text: 'Could you send the offer again?',
  sender_id: kim.attendee_provider_id,
  timestamp: '2026-07-06T09:43:27.002Z',
  is_sender: false,
  is_hidden: false,
  is_seen: false,
  is_delivered: true,
  is_deleted: false,
  is_edited: false,
  is_pinned: false,
  is_event: false,
  is_mentionned: false,
  reactions_counter: [],
  attachments: [],
  provider: 'linkedin',
  sender: v2Kim,
  ...fields,
});

export const v2Kim = {
  object: 'User',
  id: kim.attendee_provider_id,
  type: 'individual',
  display_name: 'Kim Sato',
  public_identifier: 'kim-sato-1234',
  profile_url: 'https://www.linkedin.com/in/kim-sato-1234',
};

export const v1Relation = {
  event: 'new_relation',
  account_id: 'fFl27we2Rqa0eSbwIKX9hw',
  account_type: 'LINKEDIN',
  webhook_name: 'kith-relations',
  user_full_name: 'Kim Sato',
  user_provider_id: kim.attendee_provider_id,
  user_public_identifier: 'kim-sato-1234',
  user_profile_url: 'https://www.linkedin.com/in/kim-sato-1234/',
  user_picture_url: 'https://media.licdn.example/x.jpg',
};

export const v2Relation = v2Event('relation.new', {
  id: 'rel_1',
  user: v2Kim,
  created_at: '2026-07-06T09:40:00.000Z',
});

export const v1Attachment = {
  attachment_id: 'att-1/2=',
  attachment_type: 'file',
  attachment_name: 'offer.pdf',
  attachment_size: 48_213,
  attachment_url: 'att://iWfwCtGXSr288YQm5MbWVaeGtYNHQyaEZQcVpPbW5PdGNsQQ==',
  mimetype: 'application/pdf',
  unavailable: false,
};

export const v2Attachment = {
  object: 'Attachment',
  id: 'att-1/2=',
  type: 'file',
  filename: 'offer.pdf',
  file_size: 48_213,
  mimetype: 'application/pdf',
  is_unavailable: false,
};

/** One of each kind. */
export const everyBody: readonly Fields[] = [
  v1Message({ attachments: [v1Attachment], attendees: [kim, self, leo], is_group: true }),
  v1Message({ quoted: { provider_id: '2-QUOTED', text: 'x' }, is_sender: true, sender: self }),
  v1Message({ event: 'message_edited', message: 'Newer' }),
  v1Message({ event: 'message_deleted' }),
  v1Message({ event: 'message_reaction', reaction: '👍', reaction_sender: kim }),
  v1Message({ event: 'message_read', is_sender: true, read_by: kim }),
  v1Message({ event: 'message_delivered', is_sender: true }),
  v1Message({ event: 'message_failed', is_sender: true, error: 'blocked' }),
  v1Relation,
  { AccountStatus: { account_id: 'fFl27we2Rqa0eSbwIKX9hw', account_type: 'LINKEDIN', message: 'OK' } },
  v2Event('message.new', v2Payload({ attachments: [v2Attachment], quoted: { id: '2-QUOTED' } })),
  v2Event('message.update', v2Payload({ is_edited: true, text: 'Newer' })),
  v2Event('message.delete', { id: '2-MTc', chat_id: '2-OWY' }),
  v2Event('message.reaction.new', { message_id: '2-MTc', reaction: { value: '👍', sender: v2Kim } }),
  v2Event('message.receipt.read', {
    message_id: '2-MTc',
    chat_id: '2-OWY',
    timestamp: '2026-07-06T10:00:00Z',
  }),
  v2Relation,
  v2Event('account.status.running', { timestamp: '2026-07-06T10:00:00Z' }),
];
