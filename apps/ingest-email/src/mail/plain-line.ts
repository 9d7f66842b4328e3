/*
 * Text that is shown on one line: names, subjects, file names. Control characters would break the line, and the
 * marks that turn the direction of writing let `exe.pdf` be shown for `fdp.exe`.
 */

/** Windows-1252 from 0x80 to 0x9f, of which Node 20 makes the control characters of that number (nodejs/node#56542). */
const windows = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const mistaken = /[\u0080-\u009f]/g;
const controls = /\p{Cc}+/gu;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text on one line, with single spaces. */
export function plainLine(text: string): string {
  const decoded = text.replace(mistaken, (control) => windows[control.charCodeAt(0) - 0x80] ?? ' ');
  return decoded.replace(controls, ' ').replace(directionMarks, '').replace(/\s+/g, ' ').trim();
}
