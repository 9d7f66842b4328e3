/*
 * Where a quoted or forwarded mail begins: the line that says who wrote when, or the block of From, Sent, To and
 * Subject that Outlook and forwards put in front.
 *
 * A line may be the author's own that only looks so ("On 2 May I wrote:"), and taking it for a header loses what
 * follows. So a line counts by its form (a date, an address in angle brackets, a colon at the end) whatever its
 * language, by its words only when the library knows them, and a block only with a sender, two further fields, and a
 * subject or an address among them: "From: Paris, To: London, Date: 2 May" is a journey.
 */
import { lineCharsMax, type LineJudge } from './new-text-judge.ts';

const endsAsHeader = /(?:[:：]|wrote)[\s-]*$/i;
const endsInColon = /[:：]\s*$/;
const moment = /\b(?:19|20)\d\d\b|(?:19|20)\d\d[年./-]|\b\d{1,2}[:.h]\d\d\b/;
const bracketedAddress = /[<[(](?:mailto:)?\s?[^\s<>@]{1,100}@[^\s<>@]/;
const openers =
  /^(?:On|Am|Le|El|Il|Em|Op|Den|På|Dne|Dnia|W dniu|Pe|Il giorno|In data|Vào|Pada|在|於|于)\s?[^.!?]*\d/i;

/**
 * How many of `before` (lines in a row, none empty) and `line` are one header that ends with `line`; 0 when it ends
 * none. Mail programs wrap long headers, so up to three lines are one.
 */
export function headerLines(
  before: readonly string[],
  line: string,
  { isAboveQuote, judge }: { isAboveQuote: boolean; judge: LineJudge },
): number {
  if (line.length > lineCharsMax || !endsAsHeader.test(line)) return 0;
  const lines = [...before.slice(-2), line];
  for (let count = 1; count <= lines.length; count += 1) {
    const joined = lines.slice(-count).join(' ');
    if (!isHeader(joined, { isAboveQuote, judge })) continue;
    // The date may stand alone on the line above.
    const above = lines.slice(0, -count).findLastIndex((candidate) => openers.test(candidate));
    return above < 0 || openers.test(joined) ? count : lines.length - above;
  }
  return 0;
}

function isHeader(
  line: string,
  { isAboveQuote, judge }: { isAboveQuote: boolean; judge: LineJudge },
): boolean {
  if (line.length > lineCharsMax || !/\d/.test(line)) return false;
  const isCertain = isAboveQuote || bracketedAddress.test(line);
  return (isCertain && endsInColon.test(line) && moment.test(line)) || judge.isQuoteHeader(line.trim());
}

const separator = /^\s*-{1,12} ?\p{L}[\p{L}'’ ]{3,40}-{1,12}\s*$/u;

/** Whether the line is one like `-----Original Message-----`. */
export function isSeparator(line: string, judge: LineJudge): boolean {
  return line.length < 100 && separator.test(line) && judge.isQuoteHeader(line.trim());
}

const labels = {
  from: 'from|von|de|da|van|fra|från|lähettäjä|od|от|від|kimden|gönderen|feladó|από|寄件者|寄件人|发件人|差出人|보낸 사람|مן|מאת|من|từ|dari',
  sent: 'sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el| em)?|fecha|data|inviato|verzonden|dato|sendt|skickat|lähetetty|päivämäärä|wysłano|odesláno|дата|отправлено|tarih|gönderilme tarihi|elküldve|dátum|日期|发送时间|寄件日期|送信日時|日時|보낸 날짜',
  to: 'to|an|à|para|a|aan|til|till|vastaanottaja|do|komu|кому|kime|címzett|收件人|收件者|宛先|받는 사람|cc|kopie|kopi',
  subject:
    'subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|тема|konu|tárgy|主题|主旨|件名|제목',
} as const;
type Label = keyof typeof labels;
const labelled = (Object.keys(labels) as Label[]).map(
  (label) => [label, new RegExp(`^[\\s|>*_]{0,10}(?:${labels[label]})[*_ \u00a0]{0,3}[:：]`, 'iu')] as const,
);
const blockLinesMax = 8;

/** Whether the header block of another mail begins at `lines[at]`. */
export function startsHeaderBlock(lines: readonly { text: string }[], at: number): boolean {
  if (labelOf(lines[at]?.text ?? '') === null) return false;
  const block = lines.slice(at, at + blockLinesMax).map(({ text }) => text.slice(0, lineCharsMax));
  const found = new Set(block.map(labelOf));
  found.delete(null);
  const isMail = found.has('subject') || block.some((line) => line.includes('@'));
  return isMail && found.has('from') && found.size >= 3;
}

function labelOf(line: string): Label | null {
  const start = line.slice(0, 60);
  return labelled.find(([, expression]) => expression.test(start))?.[0] ?? null;
}

const ruler = /^\s*(?:[-_=*]{3,}|-{2,}.{3,60}-{2,})\s*$/u;
const forwardPhrase =
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|inicio del mensaje reenviado|início da mensagem (?:reencaminhada|encaminhada)|inizio messaggio inoltrato|begin doorgestuurd bericht)\s?:$/i;

/** Whether the line belongs to the header block below it: a ruler, or what Apple Mail writes above a forward. */
export function introducesBlock(line: string): boolean {
  return line.length < 200 && (ruler.test(line) || forwardPhrase.test(line.trim()));
}
