import { expect, vi } from 'vitest';
import type { PageStack } from './page-stack.ts';
import { connectSupport, postMail } from './post-mail.ts';

const settledMs = { timeout: 20_000, interval: 100 };

/** The kind of records that the tests of decisions speak of. */
export async function makePipeline({ kith }: PageStack): Promise<void> {
  await kith.write.pipelines.upsert.mutate({
    pipeline: 'contacts',
    fields: [{ key: 'email', type: 'email', identifies: true }],
  });
}

/** Two records of one address for each name: whoever writes from it fits both. */
export async function makeNamesakes({ kith }: PageStack, names: readonly string[]): Promise<void> {
  const records = names.flatMap((name) =>
    ['', ' (old)'].map((suffix) => ({
      recordId: `${name.toLowerCase()}${suffix === '' ? '' : '-old'}`,
      title: `${name}${suffix}`,
      fields: { email: addressOf(name) },
    })),
  );
  await kith.write.records.upsertMany.mutate({ pipeline: 'contacts', records });
}

/** The address that somebody of a name writes from. */
export const addressOf = (name: string): string => `${name.toLowerCase()}@lima.example`;

/** Mail from each of them, the first most of it; resolves when all of it is stored. */
export async function letThemWrite(stack: PageStack, names: readonly string[]): Promise<void> {
  await connectSupport(stack);
  const mails = names.flatMap((name, index) => Array.from({ length: names.length - index }, () => name));
  for (const name of mails) {
    await postMail(stack, {
      from: `${name} <${addressOf(name)}>`,
      subject: `Offer for ${name}`,
      text: `Could ${name} have it by Friday?`,
    });
  }
  await vi.waitFor(async () => {
    const { stored } = await stack.kith.read.deliveries.accounting.query({});
    expect(stored).toBe(mails.length);
  }, settledMs);
}

/** Who writes from the address of a name. */
export async function participantOf({ kith }: PageStack, name: string) {
  const { items } = await kith.read.participants.search.query({ query: addressOf(name) });
  return items.find(({ identifier }) => identifier === addressOf(name));
}

/** The record that somebody is linked to, else how it stands with them. */
export async function statusOf(stack: PageStack, name: string): Promise<string | undefined> {
  const participant = await participantOf(stack, name);
  return participant?.recordId ?? participant?.status;
}

/** Resolves when somebody is linked to a record, or stands as it is said. */
export const becomes = (stack: PageStack, name: string, status: string) =>
  vi.waitFor(async () => expect(await statusOf(stack, name)).toBe(status), { timeout: 10_000 });
