export type { QueryRouter } from './router.ts';
