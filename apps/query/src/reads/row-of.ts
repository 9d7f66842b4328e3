import { type SQL, sql } from 'drizzle-orm';

/**
 * One row by its key, to join laterally: always a look into an index for each row of a page. As a plain join, Postgres
 * reads all participants of a workspace for a page of 25 where it expects a few hundred rows of it, which it does after
 * an import whose statistics are not there yet: 9,000 buffers instead of 150.
 */
export const rowOf = (one: SQL): SQL => sql`(select * from ${one} limit 1)`;
