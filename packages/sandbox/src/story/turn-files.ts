import type { MailAttachment } from '../mail/mail.ts';
import { csvFile, pdfFile, pngFile } from './files.ts';
import type { Turn } from './topic.ts';

/** Makes each kind of file that a turn may bring, from the words of its thread. */
export const turnFiles: Record<
  NonNullable<Turn['file']>,
  (slots: Readonly<Record<string, string>>) => MailAttachment
> = {
  invoice: ({ number = '', amount = '' }) =>
    pdfFile(`invoice-${number}.pdf`, `Invoice ${number}: EUR ${amount.replace('€ ', '')}`),
  agreement: ({ company = '' }) =>
    pdfFile(`Agreement ${company}.pdf`, `Agreement between Acme and ${company}`),
  export: ({ depot = '' }) =>
    csvFile(`stops-${depot}.csv`, [
      ['stop', 'depot', 'weight_kg'],
      ['1', depot, '12.5'],
      ['2', depot, '3.0'],
      ['3', depot, '48.2'],
    ]),
  screenshot: ({ number = '' }) => pngFile('screenshot.png', Number(number) % 200),
};
