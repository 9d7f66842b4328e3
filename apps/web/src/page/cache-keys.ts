/** Where a record is kept in the cache. */
export const recordKey = (recordId: string) => ['record', recordId] as const;

/** Where a record's timeline is kept in the cache. */
export const timelineKey = (recordId: string) => ['timeline', recordId] as const;
