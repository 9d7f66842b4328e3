/* How work grows with what is read: a clock on the wall would tell how busy the machine is. */

/** Less than this says nothing of how it grows. */
const tellingMs = 100;

/**
 * How many times more of the processor the work takes for four times as much: about 4 where it grows with the size, 16
 * where it grows with its square. 1 where all of it is too little to tell.
 */
export function growthOf(work: (share: number) => void): number {
  // What runs for the first time is compiled as it runs.
  work(1 / 16);
  const quarter = processorMs(() => work(1 / 4));
  const whole = processorMs(() => work(1));
  return whole < tellingMs ? 1 : whole / quarter;
}

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
