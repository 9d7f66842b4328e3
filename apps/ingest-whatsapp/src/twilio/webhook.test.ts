import { describe, expect, test } from 'vitest';
import { fixturesOf, read } from '../../test/bodies.ts';
import { expectDeliverable } from '../../test/delivered.ts';
import { told } from '../../test/told.ts';
import { twilio } from '../providers/twilio.ts';

const fixtures = fixturesOf('twilio');
const account = `AC${'5'.repeat(32)}`;
const ana = '+5511987654321 Ana Lima';
const own = 'own +551140028922';

/** What every kind of webhook becomes; `account` is the AccountSid, `SM7` and `SM8` are of messages. */
const expected: Record<string, string[]> = {
  advert: [`direct SM7 | from ${ana} | to ${own} | "Chairs from 99"`],
  button: [`direct SM7 | from ${ana} | to ${own} | "Yes, please" | answers SM8`],
  call: [`ignored unknown_event_type a webhook of Twilio about no message`],
  empty: [`direct SM7 | from ${ana} | to ${own} | "[unsupported]"`],
  forwarded: [`direct SM7 | from ${ana} | to ${own} | "Olá! Is the offer still open?" | forwarded`],
  list: [`direct SM7 | from ${ana} | to ${own} | "Tuesday"`],
  location: [`direct SM7 | from ${ana} | to ${own} | "Office\\nAvenida Paulista 1000\\n-23.5505, -46.6333"`],
  media: [
    `direct SM7 | from ${ana} | to ${own} | "" | file image.jpg image/jpeg twilio:SM7:0 | file document.pdf application/pdf twilio:SM7:1`,
  ],
  messenger: [`ignored not_a_conversation_event messenger`],
  'number-and-user-id': [
    `direct SM7 | from +5511987654321 = account/BR.7001 Ana Lima | to ${own} | "Olá! Is the offer still open?"`,
  ],
  sms: [`ignored not_a_conversation_event sms`],
  'status-canceled': [`ignored not_a_conversation_event status "canceled"`],
  'status-delivered': [`status SM7 delivered +5511987654321`],
  'status-read': [`status SM7 read +5511987654321`],
  'status-sending': [`status SM7 queued +5511987654321`],
  'status-sent': [`status SM7 sent +5511987654321`],
  'status-teleported': [`ignored unknown_event_type status "teleported"`],
  'status-undelivered': [`status SM7 failed +5511987654321 63016: Outside the allowed window`],
  text: [`direct SM7 | from ${ana} | to ${own} | "Olá! Is the offer still open?"`],
  'user-id': [`direct SM7 | from account/BR.7001 | to ${own} | "Olá! Is the offer still open?"`],
};

const shortened = (line: string): string =>
  line.replaceAll(account, 'account').replaceAll(/SM([78])\1{31}/g, 'SM$1');

describe('a webhook of Twilio', () => {
  test('has a fixture for every kind, and every fixture its expectation', () => {
    expect([...fixtures.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test.each([...fixtures])('%s becomes what it says', async (name, body) => {
    const items = await read(twilio, body);
    expectDeliverable(items);
    expect(items.map(told).map(shortened)).toEqual(expected[name]);
    expect(await read(twilio, body)).toEqual(items);
  });

  test.each([...fixtures])('%s becomes the same as JSON', async (_, body) => {
    const json = JSON.stringify(Object.fromEntries(new URLSearchParams(body.toString())));
    const contentType = 'application/json; charset=utf-8';
    expect(await read(twilio, json, { contentType })).toEqual(await read(twilio, body));
  });

  test('names the chat by the account, its number, and every id of the other', async () => {
    const [message] = await read(twilio, fixtures.get('number-and-user-id') ?? '');
    expect(message).toMatchObject({
      sentAt: null,
      conversation: {
        kind: 'direct',
        externalId: `${account}/+551140028922/+5511987654321`,
        aliases: [`${account}/+551140028922/${account}/BR.7001`],
      },
    });
  });

  test('has user ids within the portfolio that the settings name, as Meta has them', async () => {
    const [message] = await read(twilio, fixtures.get('user-id') ?? '', { settings: { portfolioId: '900' } });
    expect(message).toMatchObject({
      participants: [{ identifiers: [{ kind: 'whatsapp_bsuid', value: '900/BR.7001' }] }, { own: true }],
    });
  });

  test('says where its files lie, and whose credentials fetch them', async () => {
    const [message] = await read(twilio, fixtures.get('media') ?? '');
    const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/';
    expect(message).toMatchObject({
      attachments: [
        { media: { locator: { url: `${url}ME1`, accountSid: account } } },
        { media: { locator: { url: `${url}ME2`, accountSid: account } } },
      ],
    });
  });

  test('says why a message failed as long as a reason is, and nothing where none did', async () => {
    const failed = new URLSearchParams(String(fixtures.get('status-undelivered')));
    failed.set('ErrorMessage', 'x'.repeat(2_000));
    const [status] = await read(twilio, failed.toString());
    expect(status).toMatchObject({ detail: `63016: ${'x'.repeat(993)}` });
    const [delivered] = await read(twilio, fixtures.get('status-delivered') ?? '');
    expect(delivered).toMatchObject({ status: 'delivered', detail: null, at: null });
  });

  test.each([
    ['words', 'hello there'],
    ['nothing that a form names', '%%%=%'],
  ])('that is %s is a dead letter', async (_, body) => {
    expect((await read(twilio, body)).map(told)).toEqual([
      'unreadable not_a_message the body is not a webhook of Twilio',
    ]);
  });

  test.each(['null', '[]', '{"AccountSid":'])('that is the JSON %s is a dead letter', async (body) => {
    const [item] = await read(twilio, body, { contentType: 'application/json' });
    expect(item).toMatchObject({ kind: 'unreadable', reason: 'not_a_message' });
  });
});
