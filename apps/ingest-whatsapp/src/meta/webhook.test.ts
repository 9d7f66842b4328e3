import { describe, expect, test } from 'vitest';
import { fixturesOf, read } from '../../test/bodies.ts';
import { expectDeliverable } from '../../test/delivered.ts';
import { told } from '../../test/told.ts';
import { meta } from '../providers/meta.ts';

const fixtures = fixturesOf('meta');
const ana = '+5511987654321 = waba/BR.7001 = waba/BR.ENT.8001 Ana Lima';
const own = 'own +551140028922';

/** What every kind of webhook becomes; `waba` is the WhatsApp Business account that the fixtures are of. */
const expected: Record<string, string[]> = {
  'address-book': [
    `contact +5511987654321 Ana Lima`,
    `ignored not_a_conversation_event address book: "remove"`,
    `ignored nothing_for_us address book: nobody that can be read`,
    `ignored unknown_event_type state of type "label"`,
  ],
  advert: [
    `direct wamid.image | from ${ana} | to ${own} | "Chairs from 99" | file image.jpg image/jpeg meta:910`,
  ],
  agent: [
    `direct wamid.text | from ${ana} | to ${own} | "Where is my order?"`,
    `direct wamid.agent by the account | from ${own} | to ${ana} | "On its way."`,
    `direct wamid.agent2 by the account | from ${own} | to waba/BR.7001 = +5511987654321 = waba/BR.ENT.8001 Ana Lima | "[template: shipped]\\nAna\\norder 12"`,
    `direct wamid.agent3 by the account | from ${own} | to ${ana} | "Anything else?\\nAcme"`,
    `status wamid.asked delivered +5511987654321`,
  ],
  audio: [`direct wamid.audio | from ${ana} | to ${own} | "" | file audio.mp3 audio/mpeg meta:910`],
  'button-reply': [`direct wamid.interactive | from ${ana} | to ${own} | "Call me"`],
  button: [`direct wamid.button | from ${ana} | to ${own} | "Yes, please" | answers wamid.asked`],
  'call-permission': [`direct wamid.interactive | from ${ana} | to ${own} | "[call permission: accept]"`],
  contacts: [
    `direct wamid.contacts | from ${ana} | to ${own} | "Bruno Reis: +55 11 91234-5678, +55 11 3333-4444, bruno@reis.example\\nOnly a name\\n5521999998888"`,
  ],
  document: [
    `direct wamid.document | from ${ana} | to ${own} | "Signed" | file Contract (final).pdf application/pdf meta:915`,
  ],
  'echo-by-somebody': [`direct wamid.echo2 | from ${ana} | to ${own} | "Not ours, whatever the field says"`],
  echo: [`direct wamid.echo by the account | from ${own} | to +5511987654321 = waba/BR.7001 | "Yes, it is"`],
  'edit-of-caption': [`edit wamid.image "The back door"`],
  edit: [`edit wamid.text "Is the offer still open today?"`],
  'empty-change': [`ignored nothing_for_us field "messages" with nothing in it`],
  'errors-only': [`ignored not_a_conversation_event error 131056: Pair rate limit hit`],
  'form-reply': [
    `direct wamid.interactive | from ${ana} | to ${own} | "Sent\\ncompany: Lima Ltda\\nseats: 12\\ntopics: price, support\\nnewsletter: true"`,
  ],
  'forwarded-reply': [
    `direct wamid.text | from ${ana} | to ${own} | "See below" | answers wamid.asked | forwarded`,
  ],
  'group-status': [`status wamid.asked read waba/BR.7001`],
  group: [`group wamid.group | from ${ana} | to ${own} | "Hello all"`],
  'history-declined': [`ignored history_declined error 2593109: History sharing is turned off`],
  'history-media': [
    `direct wamid.h3 | from +5511987654321 | to ${own} | "Then" | file image.jpg image/jpeg meta:910`,
  ],
  history: [
    `direct wamid.h1 by the account | from ${own} | to +5511987654321 = waba/BR.7001 | "Hello Ana"`,
    `direct wamid.h2 | from +5511987654321 = waba/BR.7001 | to ${own} | "Hello Acme"`,
    `direct wamid.h3 | from +5511987654321 = waba/BR.7001 | to ${own} | "[media]"`,
    `direct wamid.h4 | member ${own} | member +5511987654321 = waba/BR.7001 | "By one of the two"`,
    `direct wamid.h5 | from waba/BR.9009 | to ${own} | "By user id"`,
    `ignored nothing_for_us a piece of history without messages`,
  ],
  'identity-changed': [`ignored not_a_conversation_event system message "customer_identity_changed"`],
  'image-with-url': [`direct wamid.image | from ${ana} | to ${own} | "" | file image.png image/png meta:99`],
  image: [
    `direct wamid.image | from ${ana} | to ${own} | "The front door" | file image.jpg image/jpeg meta:910`,
  ],
  'list-reply': [`direct wamid.interactive | from ${ana} | to ${own} | "Tuesday\\n10:00 to 11:00"`],
  location: [
    `direct wamid.location | from ${ana} | to ${own} | "Office\\nAvenida Paulista 1000\\n-23.5505, -46.6333"`,
  ],
  'no-sender': [`direct wamid.nosender | from ${ana} | to ${own} | "Only the contact names me"`],
  'number-changed': [`same_person +5521977776666 = waba/BR.7002 = waba/BR.7001 = +5511987654321`],
  order: [`direct wamid.order | from ${ana} | to ${own} | "For Friday\\n4 × CHAIR (129.9 BRL)\\n1 × DESK"`],
  'other-fields': [
    `ignored not_a_conversation_event field "message_template_status_update"`,
    `ignored not_a_conversation_event field "calls"`,
    `ignored unknown_event_type field "a_field_of_tomorrow"`,
  ],
  'reaction-removed': [`reaction wamid.asked ${ana} taken back`],
  reaction: [`reaction wamid.asked ${ana} 👍`],
  'request-welcome': [`ignored not_a_conversation_event message type "request_welcome"`],
  revoke: [`deletion wamid.text`],
  several: [
    `direct wamid.text | from ${ana} | to ${own} | "One"`,
    `direct wamid.two | from ${ana} | to ${own} | "Two"`,
    `status wamid.asked read +5511987654321`,
    `direct wamid.three | from +5511987654321 = 300000000000009/BR.7001 = 300000000000009/BR.ENT.8001 Ana Lima | to own +552135001000 | "On another number"`,
    `ignored nothing_for_us an entry without changes`,
  ],
  'somebody-elses-contact': [`direct wamid.other | from +5511987654321 | to ${own} | "I am not Carla"`],
  statuses: [
    `status wamid.asked sent +5511987654321`,
    `status wamid.asked delivered +5511987654321`,
    `status wamid.asked read +5511987654321`,
    `status wamid.asked played +5511987654321`,
    `status wamid.asked failed +5511987654321 131047: Re-engagement message`,
    `deletion wamid.asked`,
    `ignored unknown_event_type status "teleported"`,
  ],
  sticker: [`direct wamid.sticker | from ${ana} | to ${own} | "" | file sticker.webp image/webp meta:910`],
  text: [`direct wamid.text | from ${ana} | to ${own} | "Olá! Is the offer still open?"`],
  'unknown-type-without-text': [`direct wamid.hologram | from ${ana} | to ${own} | "[hologram]"`],
  'unknown-type': [`direct wamid.hologram | from ${ana} | to ${own} | "A text inside of what is not known"`],
  unsupported: [`direct wamid.unsupported | from ${ana} | to ${own} | "[unsupported message: poll]"`],
  'user-id-changed': [`same_person waba/BR.7002 = waba/BR.ENT.8002 = waba/BR.7001 = waba/BR.ENT.8001`],
  'user-id-only': [`direct wamid.username | from waba/BR.7001 Ana Lima | to ${own} | "Without my number"`],
  'user-id-update': [`same_person waba/BR.7002 = waba/BR.7001 = +5511987654321`],
  video: [`direct wamid.video | from ${ana} | to ${own} | "" | file video.mp4 video/mp4 meta:99`],
  voice: [`direct wamid.audio | from ${ana} | to ${own} | "" | file voice.ogg audio/ogg meta:922`],
  'without-content': [`direct wamid.interactive | from ${ana} | to ${own} | "[interactive]"`],
};

describe('a webhook of Meta', () => {
  test('has a fixture for every kind, and every fixture its expectation', () => {
    expect([...fixtures.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test.each([...fixtures])('%s becomes what it says', async (name, body) => {
    const items = await read(meta, body);
    expectDeliverable(items);
    expect(items.map(told).map((line) => line.replaceAll('300000000000001/', 'waba/'))).toEqual(
      expected[name],
    );
  });

  test.each([...fixtures])('%s becomes the same again', async (_, body) => {
    expect(await read(meta, body)).toEqual(await read(meta, body));
  });

  test('holds as many items as things, however many entries and changes they are spread over', async () => {
    const bodies = [...fixtures.values()].map((body) => JSON.parse(body.toString()) as { entry: unknown[] });
    const all = { object: 'whatsapp_business_account', entry: bodies.flatMap(({ entry }) => entry) };
    const counted = Object.values(expected).flat().length;
    expect(await read(meta, JSON.stringify(all))).toHaveLength(counted);
  });
});

describe('a body of Meta that is no webhook of WhatsApp', () => {
  test.each([
    ['no JSON', '{"object":', 'unreadable not_a_message the body is not a webhook of Meta'],
    ['null', 'null', 'unreadable not_a_message the body is not a webhook of Meta'],
    ['a list', '[1, 2]', 'unreadable not_a_message the body is not a webhook of Meta'],
    ['an empty object', '{}', 'ignored nothing_for_us a webhook without entries'],
    ['of a page', '{"object":"page","entry":[{}]}', 'ignored unknown_event_type object "page"'],
    ['an entry of another type', '{"entry":[7]}', 'ignored nothing_for_us an entry without changes'],
    ['a change of another type', '{"entry":[{"changes":[null]}]}', 'ignored unknown_event_type field ""'],
  ])('%s is accounted for', async (_, body, line) => {
    const items = await read(meta, body);
    expectDeliverable(items);
    expect(items.map(told)).toEqual([line]);
  });
});
