/*
 * Every example, run as its readers run it: built, against running services, with mail that comes in by a webhook.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium, openPage } from './browser.ts';
import { runExample } from './program.ts';
import { type Services, startServices } from './services.ts';

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services[Symbol.asyncDispose]());

const patience = { timeout: 20_000 };
const mail = (subject: string, text: string) =>
  services.receiveMail({ from: 'Ana Lima <ana@lima.example>', subject, text });

/** Resolves when a mail of Ana's is stored. */
async function receive(subject: string, text: string): Promise<void> {
  const count = async () => {
    const { items } = await services.kith.read.participants.search.query({ query: 'ana@lima.example' });
    const [ana] = items;
    if (ana?.recordId == null) return items.length > 0 ? -1 : 0;
    const timeline = await services.kith.read.records.timeline.query({ recordId: ana.recordId });
    return timeline.items.filter((message) => message.text.includes(text)).length;
  };
  await mail(subject, text);
  await expect.poll(count, patience).not.toBe(0);
}

test('script.ts imports a record, which is linked to the mail that came before, and prints it', async () => {
  await receive('Offer 2231', 'When does the offer arrive?');
  const script = runExample('script', services.env);
  expect(await script.ended).toBe(0);
  const [first, ...timeline] = script.lines();
  expect(first).toBe('Ana Lima is in; 1 participants were hers and are linked now.');
  expect(timeline).toEqual([
    expect.stringMatching(/^\S+ {2}email {2}Ana Lima: When does the offer arrive\?$/),
  ]);
});

test('nats-subscriber.ts hears of every link, also of those that were made while it was away', async () => {
  const first = runExample('nats-subscriber', services.env);
  await expect.poll(() => first.lines(), patience).toHaveLength(1);
  expect(JSON.parse(first.lines()[0] ?? '')).toMatchObject({ recordId: 'example-ana', confidence: 0.95 });
  await first.stop();
  expect(await first.ended).toBe(0);

  const { items } = await services.kith.read.participants.search.query({ query: 'ana@lima.example' });
  const participantId = items[0]?.id ?? '';
  await services.kith.write.participants.unlink.mutate({ participantId });
  await services.kith.write.participants.link.mutate({ participantId, recordId: 'example-ana' });
  const second = runExample('nats-subscriber', services.env);
  await expect.poll(() => second.lines(), patience).toHaveLength(1);
  expect(JSON.parse(second.lines()[0] ?? '')).toMatchObject({ participantId, method: 'manual' });
  await second.stop();
});

test.skipIf(findChromium() === null)(
  'record-timeline.tsx shows what is there, and what comes as it comes',
  async () => {
    const {
      KITH_QUERY_URL: queryUrl = '',
      KITH_RESOLVER_URL: resolverUrl = '',
      KITH_API_KEY: apiKey = '',
    } = services.env;
    const told = { queryUrl, resolverUrl, apiKey, recordId: 'example-ana' };
    await using opened = await openPage(findChromium() ?? '', told);
    const texts = () => opened.page.locator('li p').allTextContents();
    await expect.poll(texts, patience).toEqual([expect.stringContaining('When does the offer arrive?')]);
    await mail('Re: Offer 2231', 'It has just arrived.');
    await expect
      .poll(texts, patience)
      .toEqual([
        expect.stringContaining('It has just arrived.'),
        expect.stringContaining('When does the offer arrive?'),
      ]);
    expect(opened.complaints).toEqual([]);
  },
);
