/*
 * Text that is shown on one line: names, subjects, file names. Control characters would break the line, and the
 * marks that turn the direction of writing let `exe.pdf` be shown for `fdp.exe`.
 */

const controls = /\p{Cc}+/gu;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text on one line, with single spaces. */
export function plainLine(text: string): string {
  return text.replace(controls, ' ').replace(directionMarks, '').replace(/\s+/g, ' ').trim();
}
