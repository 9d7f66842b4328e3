export { type Evaluation, evaluate } from './evaluate.ts';
export { evaluationPage, type Setting } from './page.ts';
export { asText, comparisonTable, stratumTables } from './report.ts';
