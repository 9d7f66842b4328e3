export {
  type Database,
  type DatabaseOptions,
  openDatabase,
  type PoolState,
  type Rows,
  type Tx,
} from './database.ts';
export { type ForeignDatabase, type ForeignRows, openForeignDatabase } from './foreign-database.ts';
export { isRetryable, isTransactionConflict } from './failures.ts';
export { authenticateKey, createApiKey, revokeApiKey } from './keys.ts';
export { rebuildMessageDays } from './message-days.ts';
export { migrate } from './migrate.ts';
export { type ObservedCall, observeStatements, type StatementCosts } from './observed-call.ts';
export { jsonb, rowSet, textArray, uuidArray } from './parameters.ts';
export { linkedConversations, rebuildRecordReads } from './record-reads.ts';
export type { PoolOptions } from './pool.ts';
export type { SlowStatement, SlowStatementOptions } from './slow-statements.ts';
