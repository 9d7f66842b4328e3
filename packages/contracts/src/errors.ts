/*
 * The errors that callers meet, as one closed table. A code never changes its meaning; `docs/errors.md` lists them.
 */

/** Every code with the HTTP status it becomes and what it means to the caller. */
export const errorCodes = {
  bad_input: { status: 400, means: 'the request does not fit the schema; `field` names the part' },
  unauthorized: { status: 401, means: 'no API key, or one that is unknown or revoked' },
  record_not_found: { status: 404, means: 'no record with this id in the workspace' },
  participant_not_found: { status: 404, means: 'no participant with this id in the workspace' },
  conversation_not_found: { status: 404, means: 'no conversation with this id in the workspace' },
  message_not_found: { status: 404, means: 'no message with this id in the workspace' },
  dead_letter_not_found: { status: 404, means: 'no dead letter with this id in the workspace' },
  account_not_found: { status: 404, means: 'no account with this id in the workspace' },
  sync_not_found: { status: 404, means: 'no sync with this id in the workspace' },
  key_not_found: { status: 404, means: 'no API key with this id in the workspace' },
  pipeline_not_found: { status: 404, means: 'no pipeline with this name; call pipelines.upsert first' },
  event_not_found: { status: 404, means: 'no entry of the history with this id in the workspace' },
  record_deleted: { status: 409, means: 'the record is deleted; nothing can be linked to it' },
  record_merged: { status: 409, means: 'the record was merged into another, which the message names' },
  already_undone: { status: 409, means: 'the entry of the history is undone already' },
  undo_conflict: {
    status: 409,
    means: 'the entry cannot be undone as things are; the message says what stands in the way',
  },
  participant_internal: { status: 409, means: 'the participant is the company itself; it is never linked' },
  path_not_found: { status: 404, means: 'nothing is served under this path; /openapi.json lists the paths' },
  method_not_allowed: {
    status: 405,
    means: 'the path is not served by this method; the header Allow names those that are',
  },
  too_large: { status: 413, means: 'the body is larger than 16 MiB' },
  not_json: { status: 415, means: 'the body is not sent as application/json' },
  too_slow: {
    status: 422,
    means: 'answering took longer than may be; ask for less, and not for the same again',
  },
  cancelled: { status: 499, means: 'the caller went away before the answer; nobody receives it' },
  unavailable: { status: 503, means: 'something of ours is down for a moment; try again' },
  internal: { status: 500, means: 'a defect of ours; the log has it under the request id' },
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** An error that a caller can act on: a code from the table, a sentence, and the field it concerns. */
export class KithError extends Error {
  override readonly name = 'KithError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  constructor(code: ErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}
