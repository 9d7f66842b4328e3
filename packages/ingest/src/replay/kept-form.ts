/*
 * What a kept body is: only its bytes are kept, and they say it. Providers post JSON, forms or mail; a form in parts
 * begins with the line that parts them, as RFC 2046 has it where nothing stands before the first part.
 */
import type { ReplayTask } from '@kith/contracts';
import type { PageReader, Provider } from '../provider.ts';

/** The reader of the body of a task, and the content type to read it as. */
export function keptForm(
  { provider: name, origin }: Pick<ReplayTask, 'provider' | 'origin'>,
  provider: Provider | undefined,
  body: Uint8Array,
): { provider: string; contentType: PageReader['contentType'] } {
  if (origin === 'sync' && provider !== undefined) return provider.readerOfPage(body);
  return { provider: name, contentType: contentTypeOf(body) };
}

const boundaryForm = /^--([^\r\n]{1,70}?)[ \t]*\r?\n/;
const shownBytes = 1_024;

/** The content type that a webhook's body had, as far as a reader has to know it. */
export function contentTypeOf(body: Uint8Array): string {
  const beginning = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, shownBytes)).toString(
    'latin1',
  );
  const boundary = boundaryForm.exec(beginning)?.[1];
  if (boundary !== undefined) {
    return `multipart/form-data; boundary="${boundary.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  }
  return /^(?:\xef\xbb\xbf)?\s*[[{]/.test(beginning)
    ? 'application/json'
    : 'application/x-www-form-urlencoded';
}
