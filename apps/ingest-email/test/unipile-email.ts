type Json = Record<string, unknown>;

const attendee = (identifier: string, display_name = '') => ({
  display_name,
  identifier,
  identifier_type: 'EMAIL_ADDRESS',
});

/** What version 1 of Unipile posts about the everyday mail in `mails.ts`. */
export function mailReceivedOf(given: Json = {}): Json {
  return {
    email_id: 'WKR7ZC5bXn6qQzN1kPzN8A',
    account_id: 'kzAxdybMQ7ipVxK1U6kwZw',
    event: 'mail_received',
    webhook_name: 'kith',
    date: '2026-11-22T15:59:04.000Z',
    from_attendee: attendee('ana@lima.example', 'Ana Lima'),
    to_attendees: [attendee('support@acme.example')],
    bcc_attendees: [],
    cc_attendees: [],
    reply_to_attendees: [],
    provider_id: '1926a5f2c3b1d0e4',
    message_id: '<first@lima.example>',
    has_attachments: false,
    subject: 'Offer 2231',
    body: '<div>Hello</div>',
    body_plain: '',
    attachments: [],
    folders: ['INBOX'],
    role: 'inbox',
    read_date: null,
    is_complete: true,
    in_reply_to: null,
    origin: 'external',
    ...given,
  };
}

/** What version 2 posts about it. */
export function emailNewOf(given: Json = {}, type = 'email.new'): Json {
  return {
    object: 'Event',
    id: 'evt_01',
    created_at: '2026-11-22T15:59:05.000Z',
    type,
    account_id: 'acc_01',
    payload: {
      object: 'Email',
      id: 'e1',
      message_id: '<first@lima.example>',
      thread_id: 't1',
      subject: 'Offer 2231',
      body: '<div>Hello</div>',
      snippet: 'Hello',
      headers: [{ name: 'Date', value: 'Sun, 22 Nov 2026 16:59:00 +0100' }],
      from: [{ email: 'ana@lima.example', display_name: 'Ana Lima' }],
      to: [{ email: 'support@acme.example' }],
      cc: [],
      bcc: [],
      reply_to: [],
      date: '2026-11-22T15:59:00.000Z',
      attachments: [],
      folders: ['INBOX'],
      is_unread: true,
      ...given,
    },
  };
}

/** A body as a urlencoded form, with its lists and objects in brackets. */
export function formOf(body: Json): string {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'string') form.append(name, value);
    else if (typeof value !== 'object') form.append(name, JSON.stringify(value));
    else {
      for (const [key, inner] of Object.entries(value ?? {}))
        add(name === '' ? key : `${name}[${key}]`, inner);
    }
  };
  add('', body);
  return form.toString();
}
