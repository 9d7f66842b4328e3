/* What a file is called and what it is, where the provider says no more than its media type. */
import { cleanText } from '@kith/ingest/clean-text';
import { textOf } from '@kith/ingest/loose-json';

const endings: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
  ['audio/ogg', 'ogg'],
  ['audio/opus', 'opus'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
  ['audio/aac', 'aac'],
  ['audio/amr', 'amr'],
  ['video/mp4', 'mp4'],
  ['video/3gpp', '3gp'],
  ['application/pdf', 'pdf'],
  ['application/msword', 'doc'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.ms-powerpoint', 'ppt'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
  ['text/plain', 'txt'],
  ['text/csv', 'csv'],
  ['text/vcard', 'vcf'],
  ['text/x-vcard', 'vcf'],
]);

/** The media type without its parameters, in lower case. */
export function fileTypeOf(value: unknown): string {
  const [type = ''] = (textOf(value) ?? '').split(';');
  return cleanText(type.trim().toLowerCase(), 200) || 'application/octet-stream';
}

/** The name given, or one made of what the file is: `voice.ogg`. */
export function fileNameOf(given: unknown, made: { kind: string; type: string }): string {
  const name = cleanText(textOf(given) ?? '', 300).trim();
  if (name !== '') return name;
  const ending = endings.get(made.type);
  return ending === undefined ? made.kind : `${made.kind}.${ending}`;
}
