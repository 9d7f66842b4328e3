/* Forms as bytes (RFC 7578), because fields of one form may be in several charsets. */

/** A field, or a file where `fileName` names one. Text is UTF-8. */
export interface FormPart {
  name: string;
  value: string | Uint8Array;
  fileName?: string;
  type?: string;
}

/** A form with files, and the content type that goes with it. */
export function multipartForm(
  parts: readonly FormPart[],
  boundary: string,
): { body: Buffer; contentType: string } {
  const pieces = parts.flatMap(({ name, value, fileName, type }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`,
    fileName === undefined ? '' : `; filename="${escapeName(fileName)}"`,
    type === undefined ? '' : `\r\nContent-Type: ${type}`,
    '\r\n\r\n',
    value,
    '\r\n',
  ]);
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** A form without files. */
export function urlencodedForm(fields: readonly (readonly [name: string, value: string])[]): Buffer {
  const pairs = fields.map(([name, value]): [string, string] => [name, value]);
  return Buffer.from(new URLSearchParams(pairs).toString());
}

/** As the client libraries of mail providers write names; browsers would write `%22`. */
const escapeName = (name: string): string => name.replaceAll(/[\r\n]/g, '').replaceAll('"', '\\"');
