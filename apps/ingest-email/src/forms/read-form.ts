import { formLimits, type FormLimits, type FormRead } from './form.ts';
import { readMultipart } from './multipart.ts';
import { readUrlencoded } from './urlencoded.ts';

/** A `Content-Type` header in lower case without its parameters. */
export function mediaTypeOf(contentType: string | null | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The form that a body is, by its `Content-Type` header. Others get their turns while it is read. */
export async function readForm(
  body: Uint8Array,
  contentType: string | null | undefined,
  limits: FormLimits = formLimits,
): Promise<FormRead> {
  const type = mediaTypeOf(contentType);
  if (type === 'multipart/form-data') return readMultipart(body, contentType ?? '', limits);
  if (type === 'application/x-www-form-urlencoded') return readUrlencoded(body, limits);
  return { ok: false, reason: 'not_a_form' };
}
