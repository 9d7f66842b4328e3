type Json = Record<string, unknown>;

/** A message of Nylas as its webhooks have it, of the everyday mail in `mails.ts`. */
export function nylasMessageOf(given: Json = {}): Json {
  return {
    object: 'message',
    id: '1926a5f2c3b1d0e4',
    grant_id: '2f1a6c1e-8c1b-4c8e-9f39-5d2b7c7a0001',
    thread_id: '1926a5f2c3b1d0e0',
    subject: 'Offer 2231',
    from: [{ name: 'Ana Lima', email: 'ana@lima.example' }],
    to: [{ name: '', email: 'support@acme.example' }],
    cc: [],
    bcc: [],
    reply_to: [],
    body: '<div>Hello</div>',
    snippet: 'Hello',
    date: Date.parse('2026-11-22T15:59:00.000Z') / 1000,
    unread: true,
    starred: false,
    folders: ['INBOX', 'UNREAD'],
    attachments: [],
    ...given,
  };
}

/** The event that Nylas posts about it. */
export function nylasEventOf(object: unknown, type = 'message.created'): Json {
  return {
    specversion: '1.0',
    type,
    source: '/google/emails/realtime',
    id: '5a1f0e5e-1c57-4d1f-8f0e-000000000001',
    time: 1795363140,
    webhook_delivery_attempt: 1,
    data: { application_id: 'app-1', object },
  };
}
