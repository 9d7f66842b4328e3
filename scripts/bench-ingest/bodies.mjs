/*
 * Everyday bodies as their providers post them: a text on WhatsApp, and a mail of four paragraphs in text and HTML.
 */
import { createHmac } from 'node:crypto';

const appSecret = '0123456789abcdef0123456789abcdef';
const basic = Buffer.from('postmark:a long and random password').toString('base64');

const whatsapp = JSON.stringify({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
            contacts: [
              {
                profile: { name: 'Ana Lima' },
                wa_id: '5511987654321',
                user_id: 'BR.13491208655302741918',
              },
            ],
            messages: [
              {
                from: '5511987654321',
                from_user_id: 'BR.13491208655302741918',
                id: 'wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIYFDNB',
                timestamp: '1764086400',
                type: 'text',
                text: { body: 'Good morning! When does the offer arrive?' },
              },
            ],
          },
        },
      ],
    },
  ],
});

const paragraph =
  'Thank you for the offer. We have looked at it together and would like to go on with the second plan, from March. ';
const text = Array.from({ length: 4 }, () => paragraph.repeat(2).trim()).join('\n\n');

const mail = JSON.stringify({
  FromName: 'Ana Lima',
  MessageStream: 'inbound',
  FromFull: { Email: 'ana@lima.example', Name: 'Ana Lima', MailboxHash: '' },
  ToFull: [{ Email: 'sales@acme.example', Name: 'Acme Sales', MailboxHash: '' }],
  CcFull: [{ Email: 'rui@lima.example', Name: 'Rui Lima', MailboxHash: '' }],
  BccFull: [],
  OriginalRecipient: 'sales@acme.example',
  Subject: 'Re: Offer 2231',
  MessageID: '9b6f2c1e-0f0a-4c39-8a73-1de2f1a6a001',
  Date: 'Wed, 25 Nov 2026 16:59:00 +0100',
  TextBody: text,
  HtmlBody: `<html><body>${text
    .split('\n\n')
    .map((part) => `<p style="margin:0 0 1em 0;font-family:sans-serif">${part}</p>`)
    .join('')}</body></html>`,
  StrippedTextReply: '',
  Headers: [
    {
      Name: 'Received',
      Value: 'from mail.lima.example (mail.lima.example [192.0.2.7]) by mx.postmarkapp.com',
    },
    { Name: 'MIME-Version', Value: '1.0' },
    { Name: 'Message-ID', Value: '<second@lima.example>' },
    { Name: 'In-Reply-To', Value: '<first@acme.example>' },
    { Name: 'References', Value: '<first@acme.example>' },
  ],
  Attachments: [],
});

/** What is posted, to which service, and with what an account of it is connected. */
export const cases = [
  {
    name: 'WhatsApp (meta)',
    service: 'ingest-whatsapp',
    channel: 'whatsapp',
    provider: 'meta',
    secrets: { appSecret, verifyToken: 'verify' },
    bareSecret: appSecret,
    body: whatsapp,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(whatsapp).digest('hex')}`,
    },
  },
  {
    name: 'mail (postmark)',
    service: 'ingest-email',
    channel: 'email',
    provider: 'postmark',
    secrets: { username: 'postmark', password: 'a long and random password' },
    bareSecret: basic,
    body: mail,
    headers: { 'content-type': 'application/json', authorization: `Basic ${basic}` },
  },
];
