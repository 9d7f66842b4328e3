/*
 * The accounting (Invariant 2). What is counted and what became of each item are written in one transaction, so they
 * agree at any moment; what still waits in NATS is in neither. `a` is an account, `l` a row of `dead_letter`.
 */
import { sql } from 'drizzle-orm';
import { type Check, type Everywhere, report, tableWalk, type Walk } from './check.ts';

/** Every account that ever accepted something: deleted ones, and `unknown` for what belongs to none. */
const accountIds = ({ workspace }: Everywhere) => sql`
  select account_id as id from account where workspace_id = ${workspace}
  union all
  select account_id from accounting_count where workspace_id = ${workspace}`;

const accountRows: Walk['everywhere']['rows'] = ({ workspace }, ids) =>
  sql`(select ${workspace}::text as workspace_id, id from unnest(${ids}) id) a where true`;

const accounts = (name: string, checks: readonly Check[], ofRecord: boolean): Walk => ({
  name,
  of: 'accounts',
  steps: 'text',
  id: sql`a.id`,
  everywhere: { steps: accountIds, rows: accountRows },
  ofRecord: ofRecord ? { steps: accountIds, rows: accountRows } : null,
  checks,
});

/** A few rows for each account: looked at also for one record. */
export const counts = accounts(
  'counts',
  [
    {
      name: 'accounting.adds_up',
      means: 'Of every account, accepted = stored + duplicate + ignored + dead-lettered.',
      todo: report,
      broken: sql`0 <> (
        select coalesce(sum(case n.outcome when 'accepted' then n.count else -n.count end), 0) from accounting_count n
        where n.workspace_id = a.workspace_id and n.account_id = a.id)`,
    },
  ],
  true,
);

/** Reading every delivery of an account is one statement, and has to end within its deadline. */
const itemsMax = 5_000_000;

/** Files that are fetched after their message were accepted with it: their deliveries are not counted. */
const ofDeliveries = sql`(
  select coalesce(item.outcome, 'accepted') as outcome, coalesce(item.reason, '') as reason, count(*) as count
  from delivery d cross join lateral (
    select one->>'outcome' as outcome, coalesce(one->>'reason', '') as reason
    from jsonb_array_elements(d.outcomes) one) item
  where d.workspace_id = a.workspace_id and d.account_id = a.id and d.origin <> 'media'
  group by grouping sets ((item.outcome, item.reason), ()))`;

export const deliveries = accounts(
  'deliveries',
  [
    {
      name: 'accounting.is_of_deliveries',
      means:
        'The counts of an account are what became of the items of its deliveries. ' +
        'Accounts of more than 5 million items are left out.',
      todo: report,
      broken: sql`${itemsMax}::bigint >= coalesce((
          select sum(n.count) from accounting_count n
          where n.workspace_id = a.workspace_id and n.account_id = a.id and n.outcome = 'accepted'), 0)
        and exists (
          select 1 from ${ofDeliveries} told
          full join (
            select n.outcome, n.reason, n.count from accounting_count n
            where n.workspace_id = a.workspace_id and n.account_id = a.id) kept using (outcome, reason)
          where coalesce(told.count, 0) <> coalesce(kept.count, 0))`,
    },
  ],
  false,
);

/** A dead letter may go when it was dealt with; one that is there has to be an item's. */
export const deadLetters: Walk = tableWalk(
  { name: 'dead_letter', alias: 'l', id: 'id' },
  {
    name: 'dead letters',
    steps: 'uuid',
    ofRecord: null,
    checks: [
      {
        name: 'accounting.knows_its_dead_letters',
        means: 'Every dead letter is of an item that was accepted and ended as one.',
        todo: report,
        broken: sql`not exists (
          select 1 from delivery d
          where d.workspace_id = l.workspace_id and d.id = l.delivery_id
            and d.outcomes->l.item_index->>'outcome' = 'dead_lettered')`,
      },
    ],
  },
);
