/*
 * Bodies of `multipart/form-data` (RFC 7578).
 *
 * Every part is taken as a file, fields too: of a field the parser would decode the bytes by whatever charset the
 * part claims. Reading stops at the limit, because what follows may be millions of parts. A body that ends too early
 * gives the parts that are there.
 */
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { FormLimits, FormPart, FormRead } from './form.ts';
import { inPieces } from './in-pieces.ts';

/** So small because empty parts cost the parser most: this many bytes of them take it 20 ms, of a file 10 µs. */
const pieceBytes = 16 * 1024;

/** Reads a body whose `Content-Type` names the boundary. */
export async function readMultipart(
  body: Uint8Array,
  contentType: string,
  limits: FormLimits,
): Promise<FormRead> {
  const parser = open(contentType, limits);
  if (parser === null) return { ok: false, reason: 'not_a_form' };
  const found = collectParts(parser, limits);
  for await (const piece of inPieces(body, pieceBytes)) {
    await Promise.race([found.ended, new Promise<void>((resolve) => parser.write(piece, () => resolve()))]);
    if (found.areTooMany()) return { ok: false, reason: 'too_many_parts' };
    if (found.hasEnded()) break;
  }
  parser.end();
  await found.ended;
  return found.areTooMany() ? { ok: false, reason: 'too_many_parts' } : { ok: true, parts: found.parts };
}

/** Null where the type is another, or without a boundary, or with one that cannot be searched for. */
function open(contentType: string, { partsMax }: FormLimits): BusboyInstance | null {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: () => true,
      preservePath: true,
      limits: { parts: partsMax, headerPairs: 100, headerSize: 16 * 1024 },
    });
  } catch {
    return null;
  }
}

function collectParts(parser: BusboyInstance, { nameCharsMax }: FormLimits) {
  const parts: FormPart[] = [];
  let areTooMany = false;
  let hasEnded = false;
  parser.on('file', (name: string | undefined, stream, fileName: string | undefined, _encoding, type) => {
    const sent: Buffer[] = [];
    stream.on('data', (piece: Buffer) => sent.push(piece));
    // A part that breaks off is told to the parser as well.
    stream.on('error', () => undefined);
    parts.push({
      name: (name ?? '').slice(0, nameCharsMax),
      file: fileName === undefined ? null : { name: asWritten(fileName), type },
      sent,
      bytes: () => Buffer.concat(sent),
    });
  });
  parser.on('partsLimit', () => (areTooMany = true));
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    parser.on('finish', end);
    parser.on('error', end);
  });
  return { parts, ended, areTooMany: () => areTooMany, hasEnded: () => hasEnded };
}

/** `filename="path\"` is a path that ends so, and not a quotation mark that is escaped: those come in pairs. */
function asWritten(fileName: string): string {
  const isPath = fileName.endsWith('"') && fileName.indexOf('"') === fileName.length - 1;
  return isPath ? `${fileName.slice(0, -1)}\\` : fileName;
}
