/*
 * Where a plain-text mail stops being its sender's own: lines quoted with `>`, the line that announces them, and what
 * mail programs put before a whole quoted or forwarded mail.
 */

const attributionLinesMax = 3;
const lineCharsMax = 400;
const attributionVerb =
  /(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał\(?a?\)?|napsala?|napísala?|kirjoitti|írta|a scris|yazdı|пишет|написала?|написав|έγραψε|写道|寫道|のメッセージ)\s*[:：]\s*$/iu;
// Germanic and Slavic languages put the name after the verb: `Am 22.11.2026 um 10:00 schrieb Bob Ray:`.
const attributionVerbFirst =
  /\d.*\s(?:schrieb|schreef|skrev|napisała?|napsala?|kirjoitti|írta)\s.{1,160}[:：]\s*$/iu;
// Without a verb: `2026年11月22日(日) 10:00 Ana Lima <ana@lima.example>:`.
const attributionAddress = /[<＜(][^\s<>()]{1,200}@[^\s<>()]{1,200}[>＞)]\s*[:：]\s*$/u;
const divider =
  /^\s*(?:-{3,}|_{3,}|={3,})?\s*(?:original message|original appointment|forwarded message|forwarded by|ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message original|message transféré|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande|originalmeddelelse|wiadomość oryginalna|původní zpráva|исходное сообщение|пересланное сообщение|原始邮件|元のメッセージ)\s*(?:-{3,}|_{3,}|={3,})\s*$/iu;
const forwardStart =
  /^\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada))\s*:\s*$/iu;
const fromHeader =
  /^\s*\*?(?:from|von|de|da|van|från|fra|od|lähettäjä|feladó|gönderen|от|发件人|差出人)\s?\*?\s?[:：]/iu;
const nextHeader =
  /^\s*\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|fecha|para|asunto|data|assunto|inviato|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|wysłano|do|temat|odesláno|komu|předmět|отправлено|кому|тема|发送时间|收件人|主题|送信日時|宛先|件名)\s?\*?\s?[:：]/iu;

/** Whether a line is quoted with `>`. */
export function isQuotedLine(line: string): boolean {
  return /^\s?[>＞|]/.test(line);
}

/** The line at which another whole mail begins, unquoted; the number of lines when none does. */
export function foreignMailStart(lines: readonly string[]): number {
  const start = lines.findIndex((line, at) => isDivider(line) || isHeaderBlock(lines, at));
  if (start < 0) return lines.length;
  return /^\s*[_-]{5,}\s*$/.test((lines[start - 1] ?? '').slice(0, lineCharsMax)) ? start - 1 : start;
}

function isDivider(line: string): boolean {
  const read = line.slice(0, lineCharsMax);
  return divider.test(read) || forwardStart.test(read);
}

/** How many lines from here announce a quotation (`On … wrote:`, folded or not); 0 when they do not. */
export function attributionLength(lines: readonly string[], at: number): number {
  let text = '';
  for (let length = 1; length <= attributionLinesMax && at + length <= lines.length; length += 1) {
    const line = (lines[at + length - 1] ?? '').trim();
    if (line === '' || isQuotedLine(line)) return 0;
    text = `${text} ${line}`.trim();
    if (text.length > lineCharsMax) return 0;
    if (isAttribution(text, length)) return length;
  }
  return 0;
}

// Several lines are one announcement only when they begin as one: with a date, or with "On", "Am", "Le".
const attributionStart =
  /^(?:on|am|le|el|em|il|op|den|w dniu|dne|dňa|no dia|\d{1,4}[-./年]|\p{Lu}\p{L}{1,3}[., ]+\d)(?!\p{L})/iu;

function isAttribution(text: string, lines: number): boolean {
  if (lines > 1 && !attributionStart.test(text)) return false;
  if (attributionVerb.test(text) || attributionVerbFirst.test(text)) return true;
  return attributionAddress.test(text) && /\d/.test(text);
}

/** Outlook's header of a quoted mail: From, and within four lines another header's name. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const isHeader = (form: RegExp, line: string | undefined) => form.test((line ?? '').slice(0, lineCharsMax));
  return (
    isHeader(fromHeader, lines[at]) && lines.slice(at + 1, at + 5).some((line) => isHeader(nextHeader, line))
  );
}
