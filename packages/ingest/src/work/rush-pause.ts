/*
 * Lets answers go before reading: a provider waits for each answer, and nobody for the reading.
 *
 * While many webhooks are in progress at once reading takes a little every two seconds, so that it never stands still;
 * otherwise it goes at full pace.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { InFlight } from '../answer/in-flight.ts';

/** So many webhooks at once are a rush. */
const rushCount = 8;
const pauseMs = 100;
const pausesMax = 20;

/** Awaited before each batch. */
export async function pauseInRush(inFlight: Pick<InFlight, 'takePeak'>, signal: AbortSignal): Promise<void> {
  for (let pauses = 0; pauses < pausesMax && inFlight.takePeak() > rushCount; pauses += 1) {
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
}
