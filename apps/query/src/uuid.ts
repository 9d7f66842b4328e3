const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text could be one of our ids. To callers ids are opaque: another text is an id that nothing has. */
export const isUuid = (text: string): boolean => form.test(text);
