import { describe, expect, test } from 'vitest';
import { messageOf, photo } from '../../test/chats.ts';
import type { ChatContent, ChatFile } from '../chat/chat.ts';
import { metaContent, metaReferral } from './meta-content.ts';

describe('a message', () => {
  const contents: [ChatContent, object][] = [
    [
      { type: 'location', latitude: 1.5, longitude: 2, name: 'Gate' },
      { type: 'location', location: { latitude: 1.5, longitude: 2, name: 'Gate' } },
    ],
    [
      { type: 'cards', cards: [{ name: 'Bob Reis', phone: '+44 20 7946 0150' }] },
      {
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: 'Bob Reis' },
            phones: [{ phone: '+44 20 7946 0150', wa_id: '442079460150' }],
          },
        ],
      },
    ],
    [
      { type: 'choice', of: 'button', id: 'a', title: 'Yes' },
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'a', title: 'Yes' } } },
    ],
    [
      { type: 'choice', of: 'list', id: 'a', title: 'Ten', description: 'on Monday' },
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'Ten', description: 'on Monday' } },
      },
    ],
    [
      { type: 'choice', of: 'template', id: 'a', title: 'Stop' },
      { type: 'button', button: { payload: 'a', text: 'Stop' } },
    ],
    [
      { type: 'form', name: 'f', answers: { rating: '4' } },
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { response_json: expect.stringContaining('"rating":"4"'), name: 'flow' },
        },
      },
    ],
    [
      { type: 'call_permission', response: 'accept' },
      {
        type: 'interactive',
        interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } },
      },
    ],
    [
      { type: 'order', text: 'Please', products: [{ id: 'SODA', quantity: 2, price: 10 }] },
      {
        type: 'order',
        order: {
          text: 'Please',
          product_items: [{ product_retailer_id: 'SODA', quantity: 2, item_price: 10 }],
        },
      },
    ],
    [{ type: 'unsupported' }, { type: 'unsupported', errors: [{ code: 131051 }] }],
  ];

  test.each(contents)('of type %o has its object', (content, expected) => {
    expect(metaContent(content)).toMatchObject(expected);
  });

  const kinds: [ChatFile['kind'], string, object][] = [
    ['image', 'image', { caption: 'Look' }],
    ['video', 'video', {}],
    ['voice', 'audio', { voice: true, mime_type: 'audio/ogg; codecs=opus' }],
    ['audio', 'audio', {}],
    ['document', 'document', { filename: 'gate.jpg' }],
    ['sticker', 'sticker', { animated: false }],
  ];

  test.each(kinds)('with a file of kind %s says where it is, not what is in it', (kind, type, expected) => {
    const content = metaContent({ type: 'file', file: { ...photo, kind }, caption: 'Look' });
    expect(content).toMatchObject({
      type,
      [type]: { id: expect.stringMatching(/^\d{16}$/), sha256: expect.any(String), ...expected },
    });
  });
});

test('an advert is told beside what somebody wrote after it', () => {
  const advert = { id: '9', headline: 'Vans', body: 'Plan them', url: 'https://fb.me/x' };
  expect(metaReferral(messageOf({ advert }))).toMatchObject({
    referral: { source_id: '9', headline: 'Vans', source_type: 'ad', source_url: 'https://fb.me/x' },
  });
  expect(metaReferral(messageOf())).toEqual({});
});
