/** Cuts entries that are ordered by time into local days, keeping their order. */
export function daysOf<T extends { at: string }>(
  entries: readonly T[],
): { day: string; items: [T, ...T[]] }[] {
  const days: { day: string; items: [T, ...T[]] }[] = [];
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString();
    const last = days.at(-1);
    if (last?.day === day) last.items.push(entry);
    else days.push({ day, items: [entry] });
  }
  return days;
}
