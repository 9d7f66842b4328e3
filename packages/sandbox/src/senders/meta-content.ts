/* What a message holds, in the objects of Meta's webhooks (https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples). */
import { createHash } from 'node:crypto';
import type { ChatContent, ChatFile, ChatMessage } from '../chat/chat.ts';
import { hexId } from './stable-ids.ts';
import { metaMediaId } from './whatsapp-ids.ts';

type Json = Record<string, unknown>;

/** `type` and the object of that name. */
export function metaContent(content: ChatContent): Json {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { body: content.text } };
    case 'file':
      return fileOf(content.file, content.caption);
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return {
        type: 'location',
        location: {
          latitude,
          longitude,
          ...(name === undefined ? {} : { name }),
          ...(address === undefined ? {} : { address }),
        },
      };
    }
    case 'cards':
      return { type: 'contacts', contacts: content.cards.map(cardOf) };
    case 'choice':
      return choiceOf(content);
    case 'form':
      return interactive('nfm_reply', {
        response_json: JSON.stringify({ ...content.answers, flow_token: hexId('flow', content.name, 32) }),
        body: 'Sent',
        name: 'flow',
      });
    case 'call_permission':
      return interactive('call_permission_reply', {
        response: content.response,
        response_source: 'user_action',
      });
    case 'order':
      return { type: 'order', order: orderOf(content) };
    case 'unsupported':
      return {
        type: 'unsupported',
        errors: [
          {
            code: 131051,
            title: 'Message type unknown',
            message: 'Message type unknown',
            error_data: { details: 'Message type is currently not supported.' },
          },
        ],
        unsupported: { type: 'poll' },
      };
  }
}

/** The advert that somebody came from. */
export function metaReferral({ advert }: ChatMessage): Json {
  if (advert === undefined) return {};
  const { id, headline, body, url } = advert;
  return {
    referral: {
      source_url: url,
      source_id: id,
      source_type: 'ad',
      headline,
      body,
      media_type: 'image',
      ctwa_clid: `AR${hexId('advert', id, 40)}`,
    },
  };
}

const metaTypes: Record<ChatFile['kind'], string> = {
  image: 'image',
  video: 'video',
  voice: 'audio',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
};

function fileOf({ id, kind, name, type, content }: ChatFile, caption: string | undefined): Json {
  const metaType = metaTypes[kind];
  return {
    type: metaType,
    [metaType]: {
      ...(caption === undefined ? {} : { caption }),
      ...(kind === 'document' ? { filename: name } : {}),
      mime_type: kind === 'voice' ? 'audio/ogg; codecs=opus' : type,
      sha256: createHash('sha256').update(content).digest('base64'),
      id: metaMediaId(id),
      ...(kind === 'voice' ? { voice: true } : {}),
      ...(kind === 'sticker' ? { animated: false } : {}),
    },
  };
}

function choiceOf({ of, id, title, description }: Extract<ChatContent, { type: 'choice' }>): Json {
  if (of === 'template') return { type: 'button', button: { payload: id, text: title } };
  if (of === 'button') return interactive('button_reply', { id, title });
  return interactive('list_reply', { id, title, ...(description === undefined ? {} : { description }) });
}

const interactive = (type: string, reply: Json): Json => ({
  type: 'interactive',
  interactive: { type, [type]: reply },
});

function cardOf({ name, phone }: { name: string; phone: string }): Json {
  const [first = name] = name.split(' ');
  return {
    name: { first_name: first, formatted_name: name },
    phones: [{ phone, wa_id: phone.replace(/\D/g, ''), type: 'CELL' }],
  };
}

function orderOf({ text, products }: Extract<ChatContent, { type: 'order' }>): Json {
  return {
    catalog_id: '354160437058781',
    text,
    product_items: products.map(({ id, quantity, price }) => ({
      product_retailer_id: id,
      quantity,
      item_price: price,
      currency: 'EUR',
    })),
  };
}
