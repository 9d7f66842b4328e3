/** An inbound webhook in Postmark's form, of the everyday mail in `mails.ts`; `fields` replace its own. */
export function inboundOf(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    FromName: 'Ana Lima',
    MessageStream: 'inbound',
    From: 'ana@lima.example',
    FromFull: { Email: 'ana@lima.example', Name: 'Ana Lima', MailboxHash: '' },
    To: 'support@acme.example',
    ToFull: [{ Email: 'support@acme.example', Name: '', MailboxHash: '' }],
    CcFull: [],
    BccFull: [],
    OriginalRecipient: 'support@acme.example',
    Subject: 'Offer 2231',
    MessageID: '9b6f2c1e-0f0a-4c39-8a73-1de2f1a6a001',
    ReplyTo: '',
    Date: 'Sun, 22 Nov 2026 16:59:00 +0100',
    TextBody: 'Hello',
    HtmlBody: '',
    Tag: '',
    Headers: [
      { Name: 'MIME-Version', Value: '1.0' },
      { Name: 'Message-ID', Value: '<first@lima.example>' },
    ],
    Attachments: [],
    ...fields,
  };
}
