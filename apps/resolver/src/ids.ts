const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a caller's opaque id can be one of ours at all. */
export const isId = (text: string): boolean => uuid.test(text);
