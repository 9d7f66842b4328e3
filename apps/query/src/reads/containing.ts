/** The pattern for `ilike` of texts that contain this one; what a caller types is text, never a pattern. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
