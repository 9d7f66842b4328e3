export { beginningOf, findFragments, type FragmentOptions, type FragmentPart } from './fragments.ts';
export { type Language } from './language.ts';
export { nameQuery, nameVector } from './names.ts';
export { readQuery, type SearchQuery } from './query.ts';
export { type MessagePlace, type SpanScope, spansOf } from './scope.ts';
export { languageOf, type MessageText, messageVector } from './vector.ts';
