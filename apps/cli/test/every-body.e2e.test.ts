/*
 * Every recorded body of every provider, posted over HTTP to the built services with a signature of its own: it is
 * answered 200, ends as it should, and the accounting adds up to exactly what was in the bodies.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSnsTestCertificate } from '@kith/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Corpus, haveCorpora, providerCorpora, readBody, shortName } from './corpora.ts';
import { expectedOutcomes } from './expected-outcomes.ts';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

describe.skipIf(!haveCorpora)('every recorded body', () => {
  let stack: WholeStack;
  let certificates = '';
  beforeAll(async () => {
    certificates = await mkdtemp(join(tmpdir(), 'kith-sns-'));
    await writeSnsTestCertificate(certificates);
    stack = await startWholeStack({ demo: false, env: { KITH_SNS_CERTIFICATES_DIR: certificates } });
  }, 120_000);
  afterAll(async () => {
    await stack[Symbol.asyncDispose]();
    await rm(certificates, { recursive: true });
  });

  const counted: Record<string, number> = {};

  test.each(providerCorpora)(
    'of $name ends as it should',
    async (corpus) => {
      await connect(stack, corpus);
      const outcomes: Record<string, string> = {};
      const note = (file: string, ended: readonly string[]): void => {
        outcomes[shortName(file)] = ended.join(', ');
        for (const outcome of ended) counted[outcome] = (counted[outcome] ?? 0) + 1;
      };
      const slow: Promise<void>[] = [];
      for (const file of corpus.files) {
        const deliveryId = await post(stack, corpus, file);
        const noted = outcomesOf(stack, deliveryId).then((ended) => note(file, ended));
        if (corpus.slow?.test(file) === true) slow.push(noted);
        else await noted;
      }
      await Promise.all(slow);
      expect(outcomes).toEqual(expectedOutcomes[corpus.name]);
    },
    120_000,
  );

  test('is accounted for, and nothing else is', async () => {
    const accounting = await stack.kith.read.deliveries.accounting.query();
    const sumOf = (prefix: string) =>
      Object.entries(counted)
        .filter(([outcome]) => outcome.startsWith(prefix))
        .reduce((sum, [, count]) => sum + count, 0);
    expect(accounting).toMatchObject({
      accepted: sumOf(''),
      stored: sumOf('stored'),
      duplicate: sumOf('duplicate'),
      ignored: sumOf('ignored'),
      deadLettered: sumOf('dead_lettered'),
      pending: 0,
    });
  });
});

async function connect(stack: WholeStack, { name, channel, provider, secrets }: Corpus): Promise<void> {
  await stack.kith.write.accounts.upsert.mutate({
    accountId: name,
    channel,
    provider: provider as 'mime',
    identifiers: [],
    secrets,
  });
}

/** Posts a body and answers the id of its delivery. */
async function post(stack: WholeStack, corpus: Corpus, file: string): Promise<string> {
  const { ingestEmail, ingestWhatsapp, ingestLinkedin } = stack.local.urls;
  const base = { email: ingestEmail, whatsapp: ingestWhatsapp, linkedin: ingestLinkedin }[corpus.channel];
  const url = `${base}/webhooks/${corpus.provider}/${corpus.name}`;
  const { headers, body } = corpus.sign(file, readBody(corpus, file), url);
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
  expect([response.status, shortName(file)]).toEqual([200, shortName(file)]);
  return ((await response.json()) as { deliveryId: string }).deliveryId;
}

/** How each item of a delivery ended, once it has. */
async function outcomesOf(stack: WholeStack, deliveryId: string): Promise<string[]> {
  let ended: string[] = [];
  const isRecorded = async (): Promise<boolean> => {
    const { items } = await stack.kith.read.deliveries.outcomes.query({ deliveryIds: [deliveryId] });
    const outcomes = items[0]?.outcomes ?? null;
    ended = (outcomes ?? []).map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(' '));
    return outcomes !== null;
  };
  await expect.poll(isRecorded, { timeout: 60_000, interval: 20 }).toBe(true);
  return ended;
}
