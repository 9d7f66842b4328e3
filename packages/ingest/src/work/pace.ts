/*
 * How fast webhooks are read: a few at once, and while many others wait for their answer only now and then. A provider
 * waits for each answer, and nobody for the reading; in a flood it never stands still, and goes at full pace when the
 * flood is over.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { InFlight } from '../answer/in-flight.ts';
import { createTurns } from './turns.ts';

/** Lets work begin when it may. */
export interface Pace {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

const readAtOnceMax = 8;
/** So many webhooks in progress at once are a rush. */
const rushCount = 8;
const pauseMs = 100;
const pausesMax = 5;

/** The pace that what is being answered allows. */
export function createPace(inFlight: Pick<InFlight, 'takePeak'>, signal: AbortSignal): Pace {
  const turns = createTurns(readAtOnceMax);
  let lookedAt = 0;
  let isRush = false;
  const rushes = (): boolean => {
    const now = performance.now();
    if (now - lookedAt < pauseMs) return isRush;
    lookedAt = now;
    isRush = inFlight.takePeak() > rushCount;
    return isRush;
  };
  let pausing: Promise<void> | undefined;
  const pause = async (): Promise<void> => {
    await delay(pauseMs, undefined, { signal }).catch(() => {});
    pausing = undefined;
  };
  return {
    run: async (work) => {
      await turns.take();
      try {
        for (let pauses = 0; pauses < pausesMax && !signal.aborted && rushes(); pauses += 1) {
          await (pausing ??= pause());
        }
        return await work();
      } finally {
        turns.give();
      }
    },
  };
}
