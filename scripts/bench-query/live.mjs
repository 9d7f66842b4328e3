/* How long an event is on its way to a thousand subscribers of the largest record. */
import { measureFanOut } from '../bench-live/measure.mjs';

const subscribers = 1_000;

/** Answers `{ subscribers, p50, p99, missed }` in milliseconds. */
export async function measureLive({ bus, workspace, apiKey, queryUrl, largest }) {
  const recordIds = Array.from({ length: subscribers }, () => largest);
  const asked = { queryUrl, bus, workspace, apiKey, recordIds, events: 50, perSecond: 5 };
  const { p50, p99, missed } = await measureFanOut(asked);
  return { subscribers, p50, p99, missed };
}
