export type { ResolverRouter } from './api/router.ts';
