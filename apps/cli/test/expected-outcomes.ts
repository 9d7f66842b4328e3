/** How the items of each recorded body end, by corpus and file, when the files are posted in the order of their names. */
export const expectedOutcomes: Record<string, Record<string, string>> = {};
