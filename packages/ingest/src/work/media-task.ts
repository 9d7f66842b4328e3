import { MediaTask } from '@kith/contracts';

export const encodeMediaTask = (task: MediaTask): Uint8Array => Buffer.from(JSON.stringify(task));

/** Throws when it is none. */
export const decodeMediaTask = (payload: Uint8Array): MediaTask =>
  MediaTask.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
