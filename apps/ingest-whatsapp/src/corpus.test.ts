/*
 * Webhooks that other projects recorded or wrote after the documentation: each becomes as many items as it holds
 * things, with the people that it names.
 */
import { describe, expect, test } from 'vitest';
import { filesIn, read } from '../test/bodies.ts';
import { expectDeliverable } from '../test/delivered.ts';
import { findShared } from '../test/shared-files.ts';
import { told } from '../test/told.ts';
import { meta } from './providers/meta.ts';
import { twilio } from './providers/twilio.ts';

const ofMeta = findShared('corpora/whatsapp-cloud');
const ofTwilio = findShared('corpora/twilio-whatsapp');

const user = '+972987654321 = waba/US.1 = waba/US.ENT.1 Test Name';
const own = 'own +972123456789';

const about = (field: string): string[] => [`ignored not_a_conversation_event field "${field}"`];

/** By the beginning of the name: files of which each is one event that is no conversation. */
const otherFields: Record<string, string> = {
  'account_update-': 'account_update',
  'call_connect-': 'calls',
  'call_status-': 'calls',
  'call_terminate-': 'calls',
  'template_category_update-': 'template_category_update',
  'template_components_update-': 'message_template_components_update',
  'template_quality_update-': 'message_template_quality_update',
  'template_status_update-': 'message_template_status_update',
  'user_marketing_preferences-': 'user_preferences',
};

const expectedOfMeta: Record<string, string[]> = {
  'docs-history-chunk': [
    `direct wamid.HBgL1 by the account | from own +15550783881 | to +16505551234 | "Here's the info you requested"`,
    `direct wamid.HBgL2 | from +16505551234 | to own +15550783881 | "Thanks!"`,
    `direct wamid.HBgL3 | from +16505551234 | to own +15550783881 | "[media]"`,
  ],
  'docs-history-declined': [
    `ignored history_declined error 2593109: History sharing is turned off by the business from the WhatsApp Business App`,
  ],
  'docs-history-media': [
    `direct wamid.HBgL3 | from +16505551234 | to own +15550783881 | "c" | file image.jpg image/jpeg meta:24230790383178626`,
  ],
  'call_permission_update-accept': [
    `direct wamid.x | from ${user} | to ${own} | "[call permission: accept]" | answers wamid.y==`,
  ],
  'call_permission_update-reject': [
    `direct wamid.x | from ${user} | to ${own} | "[call permission: reject]" | answers wamid.y==`,
  ],
  'callback_button-button': [`direct wamid.xyzxyz | from ${user} | to ${own} | "title"`],
  'callback_button-quick_reply': [
    `direct wamid.xsidjw | from ${user} | to ${own} | "title" | answers wamid.xyzxyz==`,
  ],
  'callback_button-quick_reply_without_context': [`direct wamid.xsidjx | from ${user} | to ${own} | "title"`],
  'callback_selection-callback': [
    `direct wamid.zyzxyz | from ${user} | to ${own} | "title" | answers wamid.xyzxyz`,
  ],
  'callback_selection-description': [
    `direct wamid.zyzxyz | from ${user} | to ${own} | "title\\ndescription" | answers wamid.xyzxyz`,
  ],
  'deleted_message-revoke': [`deletion <ORIGINAL_WHATSAPP_MESSAGE_ID>`],
  'edited_message-image': [
    `edit wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA= "Updated image caption"`,
  ],
  'flow_completion-completion': [
    `direct wamid.wegrchytvwcggt== | from ${user} | to ${own} | "Sent\\ncomment_text: Comment Text\\ndelivery_rating: 4\\npurchase_rating: 2\\nrecommend_radio: 0\\ncs_rating: 0" | answers wamid.gvwegfretge==`,
  ],
  'flow_completion-without_flow_token': [
    `direct wamid.wegrchytvwcggt== | from ${user} | to ${own} | "Sent\\ncomment_text: Comment Text\\ndelivery_rating: 4\\npurchase_rating: 2\\nrecommend_radio: 0\\ncs_rating: 0" | answers wamid.gvwegfretge==`,
  ],
  'message-animated_sticker': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "" | file sticker.webp image/webp meta:1234567890987654321`,
  ],
  'message-audio': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "" | file audio.ogg audio/ogg meta:1234567890987654321 | forwarded`,
  ],
  'message-chosen_location': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "Facebook HQ\\n1 Hacker Way, Menlo Park, CA 94025\\n37.4611978, -122.2164385\\nhttps://maps.google.com/?cid=2000000000000000000" | forwarded`,
  ],
  'message-contacts': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "Chandler Bing: +1 555-555-5555\\nMonica: +1 666-666-6666\\nRachel Green: +1 777-777-7777"`,
  ],
  'message-current_location': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "12.25089, 43.90539" | forwarded`,
  ],
  'message-document': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "caption" | file filename.pdf application/pdf meta:1234567890987654321 | forwarded`,
  ],
  'message-forwarded': [`direct wamid.xyzxyz | from ${user} | to ${own} | "forwarded text" | forwarded`],
  'message-forwarded_many_times': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "text forwarded many times" | forwarded`,
  ],
  'message-image': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "" | file image.jpg image/jpeg meta:65463453`,
  ],
  'message-interactive_message_with_err': [
    `direct wamid.wegrchytvwcggt= | from ${user} | to ${own} | "[interactive]" | answers wamid.gvwegfretge==`,
  ],
  'message-media_with_url': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "" | file image.jpg image/jpeg meta:65463453`,
  ],
  'message-order': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "3 × HAMBURGER (30 ILS)\\n2 × FRENCH_FRIES (35 ILS)\\n2 × SODA (10 ILS)"`,
  ],
  'message-reaction': [`reaction wamid.yzxyzx= ${user} 😮`],
  'message-referral': [`direct wamid.ID | from ${user} | to ${own} | "BODY"`],
  'message-reply': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "replied text" | answers wamid.xyzxyz==`,
  ],
  'message-static_sticker': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "" | file sticker.webp image/webp meta:1234567890987654321`,
  ],
  'message-text': [`direct wamid.xyzxyz | from ${user} | to ${own} | "Body Text"`],
  'message-unreaction_empty': [`reaction wamid.yzxyzx= ${user} taken back`],
  'message-unreaction_no_emoji': [`reaction wamid.yzxyzx= ${user} taken back`],
  'message-unsupported': [`direct wamid.xyzxyz | from ${user} | to ${own} | "[unsupported message]"`],
  'message-unsupported_with_type': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "[unsupported message: pool]"`,
  ],
  'message-video': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "caption" | file video.mp4 video/mp4 meta:765756756 | forwarded`,
  ],
  'message-voice': [
    `direct wamid.xyzxyz | from ${user} | to ${own} | "" | file voice.ogg audio/ogg meta:1234567890987654321`,
  ],
  'message_status-delivered': [`status wamid.xyzxyz delivered +972987654321`],
  'message_status-failed': [
    `status wamid.xyzxyz failed +972987654321 130472: User's number is part of an experiment`,
  ],
  'message_status-group': [`status <WHATSAPP_MESSAGE_ID> read <WHATSAPP_BUSINESS_ACCOUNT_ID>/US.123456`],
  'message_status-played': [`status wamid.xyzxyz played +972987654321`],
  'message_status-read': [`status wamid.xyzxyz read +972987654321`],
  'message_status-sent': [`status wamid.xyzxyz sent +972987654321`],
  'message_status-with_tracker': [`status wamid.xyzxyz sent +972987654321`],
  'outgoing_message-delete': [`deletion wamid.zzzzzz`],
  'outgoing_message-edit': [`edit wamid.zzzzzz "Text was edited"`],
  'outgoing_message-text': [`direct <WHATSAPP_MESSAGE_ID> by the account | from ${own} | "Test message"`],
  'system-identity_change': [`ignored not_a_conversation_event system message "customer_identity_changed"`],
  'system-phone_number_change': [`same_person +972912345678 = +972987654321`],
};

const expectedOfTwilio: Record<string, string[]> = {
  'bsuid-only': [
    `direct SM1 | from account/US.13491208655302741918 Test User | to own +14155238886 | "Hello"`,
  ],
  'button-reply': [`direct SM1 | from +14155550100 Test User | to own +14155238886 | "Yes" | answers SM9`],
  forwarded: [`direct SM1 | from +14155550100 Test User | to own +14155238886 | "Hello" | forwarded`],
  location: [
    `direct SM1 | from +14155550100 Test User | to own +14155238886 | "Twilio HQ\\n375 Beale St, San Francisco, CA 94105\\n37.7879277, -122.3937508"`,
  ],
  referral: [`direct SM1 | from +14155550100 Test User | to own +14155238886 | "Hello"`],
  'status-callback': [`status SM1 delivered +14155550100`],
};

const nameOf = (file: string): string => file.replace(/^pywa-/, '').replace(/\.constructed$/, '');

const shortened = (line: string): string =>
  line
    .replaceAll('AC00000000000000000000000000000001', 'account')
    .replaceAll(/\d+\/US\.13491208655302741918/g, 'waba/US.1')
    .replaceAll(/\d+\/US\.ENT\.11815799212886844830/g, 'waba/US.ENT.1')
    .replaceAll(/SM0{31}(\d)/g, 'SM$1');

describe('the corpora', () => {
  test.runIf(ofMeta.isPresent)('every webhook of Meta becomes what it holds', async () => {
    const found: Record<string, string[]> = {};
    for (const [file, body] of filesIn(ofMeta.path)) {
      const items = await read(meta, body);
      expectDeliverable(items);
      found[nameOf(file)] = items.map(told).map(shortened);
    }
    const others = Object.keys(found).flatMap((name) => {
      const [, field] = Object.entries(otherFields).find(([beginning]) => name.startsWith(beginning)) ?? [];
      return field === undefined ? [] : [[name, about(field)] as const];
    });
    expect(others).toHaveLength(28);
    expect(found).toEqual({ ...expectedOfMeta, ...Object.fromEntries(others) });
  });

  test.runIf(ofTwilio.isPresent)('every webhook of Twilio becomes what it holds', async () => {
    const found: Record<string, string[]> = {};
    for (const [file, body] of filesIn(ofTwilio.path)) {
      const items = await read(twilio, body);
      expectDeliverable(items);
      found[nameOf(file)] = items.map(told).map(shortened);
    }
    expect(found).toEqual(expectedOfTwilio);
  });
});
