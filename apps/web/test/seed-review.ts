import { vi } from 'vitest';
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

/** Mail from each of them, the first most of it, and waits until they are who they are. */
export async function letThemWrite(stack: PageStack, names: readonly string[]): Promise<void> {
  await connectSupport(stack);
  for (const [index, name] of names.entries()) {
    for (let count = names.length - index; count > 0; count -= 1) {
      await postMail(stack, {
        from: `${name} <${addressOf(name)}>`,
        subject: `Offer for ${name}`,
        text: `Could ${name} have it by Friday?`,
      });
    }
  }
  await vi.waitFor(async () => {
    const found = await Promise.all(names.map((name) => participantOf(stack, name)));
    const counts = await stack.kith.read.review.list.query({
      reasons: ['ambiguous', 'contested', 'unlinked'],
    });
    const written = counts.items.reduce((sum, { messageCount }) => sum + messageCount, 0);
    if (found.includes(undefined) || written < names.length) throw new Error('not everybody has written yet');
  }, settledMs);
}

/** Who writes from the address of a name. */
export async function participantOf({ kith }: PageStack, name: string) {
  const { items } = await kith.read.participants.search.query({ query: addressOf(name) });
  return items.find(({ identifier }) => identifier === addressOf(name));
}
