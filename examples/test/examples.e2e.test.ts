/*
 * Every example, run as its readers run it: built, against running services, with mail that comes in by a webhook.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium, openCrmPage } from './browser.ts';
import { runExample } from './program.ts';
import { type Services, startServices } from './services.ts';

if (findChromium() === null) {
  // A run that skips it must not look like one that does not.
  console.warn(
    'THE BROWSER TEST OF THE EXAMPLES IS SKIPPED: set KITH_TEST_CHROMIUM to the path of a Chromium',
  );
}

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
  'crm-page shows a record’s timeline in the page of another CRM, and what comes as it comes',
  async () => {
    await services.kith.write.pipelines.upsert.mutate({
      pipeline: 'contacts',
      fields: [{ key: 'email', type: 'email' }],
    });
    const ana = { recordId: '93', title: 'Ana Lima', fields: { email: 'ana@lima.ceramics.example' } };
    await services.kith.write.records.upsert.mutate({ pipeline: 'contacts', ...ana });
    const from = 'Ana Lima <ana@lima.ceramics.example>';
    await services.receiveMail({ from, subject: 'Tiles', text: 'Do the blue ones come in matt?' });
    const { KITH_QUERY_URL, KITH_RESOLVER_URL, KITH_API_KEY } = services.env;
    await using opened = await openCrmPage(findChromium() ?? '', {
      queryUrl: KITH_QUERY_URL ?? '',
      resolverUrl: KITH_RESOLVER_URL ?? '',
      apiKey: KITH_API_KEY ?? '',
    });
    const { page } = opened;
    await page.getByText('Do the blue ones come in matt?').first().waitFor();
    await services.receiveMail({ from, subject: 'Tiles', text: 'And in green?' });
    await page.getByText('And in green?').first().waitFor();
    // The host's colours are Kith's, and its careless rules are not.
    const button = page.locator('.kith button').first();
    expect(await button.evaluate((element) => getComputedStyle(element).textTransform)).toBe('none');
    expect(opened.complaints).toEqual([]);
  },
);
