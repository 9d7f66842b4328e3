/* Full text over messages, as a caller gets it: what is found, in which order, and what is shown of it. */
import type { MessageHit } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';
import type { SeededConversation, SeededMessage } from '../test/seed.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

type Query = Parameters<Tenant['client']['messages']['search']['query']>[0];
type Said = Omit<SeededMessage, 'sentAt'> & { sentAt?: string };

const minute = (n: number): string => new Date(Date.UTC(2026, 3, 15, 10, n)).toISOString();

async function say(
  { seed }: Tenant,
  messages: readonly Said[],
  options: Partial<SeededConversation> = {},
): Promise<string[]> {
  const timed = messages.map((message, n) => ({ sentAt: minute(n), ...message }));
  return (await seed.conversation({ people: [], messages: timed, ...options })).messageIds;
}

const search = async ({ client }: Tenant, query: Query): Promise<MessageHit[]> =>
  (await client.messages.search.query(query)).items;
const textsOf = async (tenant: Tenant, query: string): Promise<string[]> =>
  (await search(tenant, { query })).map(({ message }) => message.text).toSorted();
const marked = (hit: MessageHit | undefined): string[] =>
  hit?.fragments.flatMap(({ parts }) => parts.filter(({ match }) => match).map(({ text }) => text)) ?? [];

/** What is written, and what is typed to find it; all in one workspace, so that nothing else is found by it. */
const languages: [language: string, text: string, ...queries: string[]][] = [
  ['English', 'We are sending the invoices for both deliveries next week', 'invoice', 'send delivery'],
  ['German', 'Die Häuser wurden gestern von der Größe her genau vermessen', 'Haus', 'hauser', 'GROSSE'],
  ['French', 'Vous trouverez les factures réglées en pièces jointes', 'facture réglée', 'reglees', 'pièce'],
  [
    'Portuguese',
    'Segue a confirmação das reuniões com os fornecedores',
    'confirmacao',
    'fornecedor',
    'REUNIÕES',
  ],
  ['Spanish', 'Los pedidos salieron mañana por la tarde del almacén', 'pedido', 'manana almacen'],
  ['Russian', 'Спасибо, мы получили подписанные договоры от вашего юриста', 'договор', 'ДОГОВОРЫ', 'юрист'],
  ['Arabic', 'شكرا جزيلا، لقد استلمنا الفاتورة الجديدة اليوم', 'الفاتورة', 'فاتورة'],
  ['Chinese', '我们明天下午三点在办公室开会', '开会', '办公室', '明天 开会', '室'],
  ['Japanese', '明日の会議は東京都で行います', '会議', '東京', '京都'],
  ['Thai', 'กรุณาส่งใบแจ้งหนี้ให้ฉันอีกครั้ง', 'ใบแจ้งหนี้', 'กรุณา'],
  ['Turkish', 'İstanbul ofisine yarın faturaları göndereceğiz', 'istanbul', 'faturalar', 'gondereceğiz'],
  ['Korean', '회의록을 첨부했습니다', '회의', '회의록'],
  ['a decomposed accent', 'Grüße aus Malmo\u0308', 'malmö', 'Malmo'],
];

describe('finds', () => {
  test.concurrent('words in many languages, in any case, with accents or without, and in other forms', async () => {
    const tenant = await service.tenant();
    await say(
      tenant,
      languages.map(([, text]) => ({ text })),
    );
    for (const [language, text, ...queries] of languages) {
      for (const query of queries)
        expect([language, await textsOf(tenant, query)]).toEqual([language, [text]]);
    }
  });

  test.concurrent('all words, phrases, either of two, and not what is left out', async () => {
    const tenant = await service.tenant();
    const texts = ['red green blue', 'green red', 'blue sky', 'co-operate on the blue-green deal'];
    await say(
      tenant,
      texts.map((text) => ({ text })),
    );
    const [rgb = '', gr = '', sky = '', deal = ''] = texts;
    const expected: Record<string, string[]> = {
      'red green': [gr, rgb],
      '"red green"': [rgb],
      '“red green': [rgb],
      'red -blue': [gr],
      'green -"red green"': [deal, gr],
      'sky or deal': [sky, deal],
      'blue-green': [deal],
      'co-operate': [deal],
      cooperate: [],
      'red OR': [gr, rgb],
      'red nothing': [],
    };
    for (const [query, found] of Object.entries(expected)) {
      expect([query, await textsOf(tenant, query)]).toEqual([query, found.toSorted()]);
    }
  });

  test.concurrent('addresses, numbers however they are written, and who is named', async () => {
    const tenant = await service.tenant();
    const ana = await tenant.seed.participant({ identifier: 'ana@lima.example', displayName: 'Ana' });
    await say(tenant, [
      { text: 'Call +55 (11) 98765-4321 about offer_v2.pdf', senderId: ana, senderName: 'Ana Lima' },
      { text: 'See https://shop.example/orders/4711 or write to bo@costa.example.' },
    ]);
    for (const query of [
      '5511987654321',
      '+55 11 98765 4321',
      '98765-4321',
      'offer_v2.pdf',
      'ana lima',
      'ana@lima.example',
    ]) {
      expect([query, await textsOf(tenant, query)]).toEqual([query, [expect.stringContaining('Call')]]);
    }
    for (const query of [
      'bo@costa.example',
      'costa',
      'costa.example',
      '4711',
      'shop.example',
      'https://shop.example/orders',
    ]) {
      expect([query, await textsOf(tenant, query)]).toEqual([query, [expect.stringContaining('See')]]);
    }
  });

  test.concurrent('the newest text of what was edited, nothing of what was taken back, and not what is quoted', async () => {
    const tenant = await service.tenant();
    await say(tenant, [
      { text: 'draft price', editedText: 'final price' },
      { text: 'secret price', isDeleted: true },
      { text: 'Agreed.\n> old price', newText: 'Agreed.' },
      { text: '> forwarded price', newText: '' },
    ]);
    expect(await textsOf(tenant, 'price')).toEqual(['> forwarded price', 'final price']);
    for (const query of ['draft', 'secret', 'old']) expect(await textsOf(tenant, query)).toEqual([]);
  });

  test.concurrent('nothing for signs, and says so where nothing is looked for', async () => {
    const tenant = await service.tenant();
    await say(tenant, [{ text: "it's a b:* & c | d" }]);
    for (const query of ["'", '"', ':*', '& | ! ( ) <->', '%', '\\', '-only', '  ']) {
      await expect(search(tenant, { query })).rejects.toMatchObject({
        data: { kith: { code: 'bad_input', field: 'query' } },
      });
    }
    await expect(search(tenant, { query: 'a\0b' })).rejects.toMatchObject({ data: { httpStatus: 400 } });
    for (const query of [
      "it's",
      'b:*',
      "a' | 'zzz",
      'd )',
      '"a b',
      'a'.repeat(500),
      'x y '.repeat(125),
      '"'.repeat(499) + 'a',
    ]) {
      await expect(search(tenant, { query })).resolves.toBeInstanceOf(Array);
    }
    expect(await textsOf(tenant, "'); drop table message; --")).toEqual([]);
  });
});

describe('keeps to', () => {
  test.concurrent('a record and channels, also where a record has more than is walked', async () => {
    const tenant = await service.tenant();
    const { seed } = tenant;
    await seed.record({ recordId: '93' });
    await seed.record({ recordId: 'large' });
    const [mine = '', other = ''] = await say(tenant, [{ text: 'the offer' }, { text: 'another offer' }]);
    const [chat = ''] = await say(tenant, [{ text: 'offer in a chat' }], { channel: 'whatsapp' });
    const belongs = (recordId: string, ids: readonly string[]) =>
      service.db.rows(sql`insert into record_message (workspace_id, record_id, channel, sent_at, message_id)
        select workspace_id, ${recordId}, channel, sent_at, id from message
        where workspace_id = ${seed.workspace} and id = any(${sql.param([...ids])}::uuid[])`);
    await belongs('93', [mine, chat]);
    await belongs('large', [other]);
    await service.db
      .rows(sql`insert into record_message (workspace_id, record_id, channel, sent_at, message_id)
      select ${seed.workspace}, 'large', 'email', ${minute(9)}::timestamptz + n * interval '1 ms', gen_random_uuid()
      from generate_series(1, 5001) n`);
    const ids = async (query: Omit<Query, 'query'>) =>
      (await search(tenant, { query: 'offer', ...query })).map(({ message }) => message.id).toSorted();
    expect(await ids({ recordId: '93' })).toEqual([mine, chat].toSorted());
    expect(await ids({ recordId: '93', channels: ['whatsapp'] })).toEqual([chat]);
    expect(await ids({ channels: ['email'] })).toEqual([mine, other].toSorted());
    expect(await ids({ recordId: 'large' })).toEqual([other]);
    expect(await ids({ recordId: 'large', channels: ['whatsapp'] })).toEqual([]);
    // So many that matches are looked for among all messages.
    await service.db.rows(sql`update record_channel set message_count = 1000000
      where workspace_id = ${seed.workspace} and record_id = 'large'`);
    expect(await ids({ recordId: 'large' })).toEqual([other]);
    expect(await ids({ recordId: 'large', channels: ['whatsapp'] })).toEqual([]);
    await expect(search(tenant, { query: 'offer', recordId: 'none' })).rejects.toMatchObject({
      data: { kith: { code: 'record_not_found' } },
    });
  });
});

describe('ranks and shows', () => {
  test.concurrent('the subject before the text, the word as written before its other forms, then the newest', async () => {
    const tenant = await service.tenant();
    const said = [
      { subject: 'Invoice', text: 'in the subject, please have a look at it' },
      { text: 'here is the invoice, please have a look at it' },
      { text: 'here are the invoices, please have a look at it' },
      { text: 'here is the invoice, please have a look at it' },
    ];
    const ids = await say(tenant, said);
    const hits = await search(tenant, { query: 'invoice' });
    expect(hits.map(({ message }) => ids.indexOf(message.id))).toEqual([0, 3, 1, 2]);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(marked(hits[3])).toEqual(['invoices']);
  });

  test.concurrent('where it matches, as plain parts that no markup in a message can leave', async () => {
    const tenant = await service.tenant();
    const ana = await tenant.seed.participant({ identifier: 'ana@lima.example', displayName: 'Ana' });
    const filler = 'nothing of interest stands here '.repeat(30);
    const text = `${filler}<b onclick="x">invoice</b> <script>alert(1)</script> 👩‍👩‍👧\n\n${filler}the Invoices, once more ${filler}`;
    await say(tenant, [
      { subject: 'Your <i>invoice</i>', text, senderId: ana, senderName: 'Ana <b>Lima</b>' },
    ]);
    const [hit] = await search(tenant, { query: 'invoice lima' });
    expect(hit?.fragments.map(({ field }) => field)).toEqual(['subject', 'text', 'text', 'person']);
    expect(hit?.fragments[0]?.parts).toEqual([
      { text: 'Your <i>', match: false },
      { text: 'invoice', match: true },
      { text: '</i>', match: false },
    ]);
    expect(marked(hit)).toEqual(['invoice', 'invoice', 'Invoices', 'Lima', 'lima']);
    const shown = hit?.fragments.map(({ parts }) => parts.map((part) => part.text).join('')) ?? [];
    for (const fragment of shown)
      expect(`Your <i>invoice</i> ${text} Ana <b>Lima</b> <ana@lima.example>`.replace(/\s+/g, ' ')).toContain(
        fragment,
      );
    expect(shown.every((fragment) => fragment.isWellFormed() && fragment.length <= 260)).toBe(true);
  });
});

test('lists every match once over windows and pages, newest window first, also when messages arrive meanwhile', async () => {
  const tenant = await service.tenant();
  const { workspace } = tenant.seed;
  const count = 640;
  await service.db.rows(sql`
    with made as (
      insert into message (workspace_id, id, conversation_id, channel, external_id, sent_at, received_at, text, raw_blob,
        origin)
      select ${workspace}, gen_random_uuid(), gen_random_uuid(), 'email', n::text,
        timestamptz '2026-04-15 10:00Z' - (n * n / 7) * interval '1 hour', now(), 'offer ' || n, 'raw', 'webhook'
      from generate_series(1, ${count}) n returning *)
    insert into message_search (workspace_id, message_id, channel, sent_at, words)
    select workspace_id, id, channel, sent_at, (format('''offer'':%sC ''@%s/email/%s'' ''@%s/email/%s'' ''@%s/email/%s'' %s',
      repeat('1C,', external_id::int % 3) || '1', workspace_id, to_char(at, 'YYYY-MM-DD'), workspace_id,
      to_char(at, 'YYYY-MM'), workspace_id, to_char(at, 'YYYY'),
      case when at < '2000-01-01' then format('''@%s/email/old''', workspace_id) else '' end))::tsvector
    from (select *, sent_at at time zone 'utc' as at from made) made`);
  let pages = 0;
  const found = await readAllPages(async (cursor) => {
    const page = await tenant.client.messages.search.query({
      query: 'offer',
      limit: 99,
      ...(cursor === undefined ? {} : { cursor }),
    });
    // One that is newer than all, and one between others that are listed already.
    if ((pages += 1) === 2)
      await say(tenant, [{ text: 'offer too late', sentAt: '2026-04-16T10:00:00.000Z' }]);
    return page;
  });
  const old = found.filter(({ message }) => message.text !== 'offer too late');
  expect(new Set(old.map(({ message }) => message.id)).size).toBe(count);
  expect(found).toHaveLength(count);
  const times = (from: number) =>
    found
      .slice(from, from + 500)
      .map(({ message }) => message.sentAt)
      .toSorted();
  expect((times(0)[0] ?? '') >= (times(500).at(-1) ?? '')).toBe(true);
  const scores = found.slice(0, 500).map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});
