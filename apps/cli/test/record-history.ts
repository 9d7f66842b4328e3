import type { Message } from '@kith/contracts';
import type { WholeStack } from './whole-stack.ts';

/**
 * What a person sees of a timeline up to a time, oldest first: without the ids of threads and people, which depend on
 * what came first, and the times of reactions, which lists of providers do not tell.
 */
export async function timelineUntil(
  { kith }: Pick<WholeStack, 'kith'>,
  recordId: string,
  until: string,
): Promise<ReturnType<typeof shown>[]> {
  const messages: Message[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await kith.read.records.timeline.query({ recordId, limit: 100, cursor });
    messages.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return messages
    .filter(({ sentAt }) => sentAt < until)
    .map(shown)
    .toReversed();
}

function shown({ conversationId: _conversationId, sender, reactions, ...message }: Message) {
  const from = [sender.identifier, sender.displayName];
  return { ...message, from, reactions: reactions.map(({ emoji, identifier }) => `${emoji} ${identifier}`) };
}
