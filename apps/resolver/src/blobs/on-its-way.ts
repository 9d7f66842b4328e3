import type { Bus } from '@kith/bus';
import {
  Channel,
  inboundStream,
  inboundSubject,
  mediaStream,
  mediaSubject,
  receivedStream,
  receivedSubject,
  replayedSubject,
  replayStream,
  replayTaskSubject,
  syncStream,
  syncTaskSubject,
} from '@kith/contracts';
import { resolverDurable } from '../consume.ts';

/**
 * Whether anything of the workspace is between a provider and its tables. Each stream is read before the one where its
 * messages go on to, so that what moves in between is seen once at least. Rejects while NATS is away.
 */
export async function isAnythingOnItsWay(bus: Bus, workspace: string): Promise<boolean> {
  const queues = [
    [receivedStream, receivedSubject('*', workspace, '*')],
    [syncStream, syncTaskSubject('*', workspace, '*')],
    [mediaStream, mediaSubject('*', workspace)],
    [replayStream, replayTaskSubject('*', workspace)],
    [replayStream, replayedSubject('*', workspace)],
  ] as const;
  for (const [stream, subject] of queues) {
    const waiting = await bus.subjectCounts(stream, subject);
    if ([...waiting.values()].some((count) => count > 0)) return true;
  }
  for (const channel of Channel.options) {
    const subject = inboundSubject(channel, workspace);
    if (!(await bus.isSettled(inboundStream, resolverDurable, subject))) return true;
  }
  return false;
}
