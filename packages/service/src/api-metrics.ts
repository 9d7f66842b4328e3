/*
 * What an API tells of its procedures: an observation for each call, also of those that came in one batch.
 *
 * Labels are procedures that exist and codes of the table of errors: a caller cannot grow them.
 */
import { Gauge, Histogram, type Registry } from 'prom-client';

/** What a call came to in the database; `seconds` is the time in Postgres, of all its statements added up. */
export interface StatementCosts {
  statements: number;
  rows: number;
  seconds: number;
}

/** The database behind an API; one of `@kith/database` is. */
export interface WatchedDatabase {
  /** Runs a call whose statements are named, counted, and cancelled by its signal. */
  observeStatements<T>(
    call: { name: string; requestId: string; signal: AbortSignal | undefined },
    run: () => Promise<T>,
  ): Promise<{ value: T; costs: StatementCosts }>;
  /** Its connections, and how many statements wait for one. */
  pool(): { total: number; idle: number; waiting: number };
}

/** What is observed of procedures. */
export interface ApiMetrics {
  /** Starts the clock of a call; the answer takes `ok` or the code of its error. */
  startCall(procedure: string): (outcome: string) => void;
  observeCosts(procedure: string, costs: StatementCosts): void;
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Registers the metrics of an API and of the pool behind it. */
export function createApiMetrics(register: Registry, database: Pick<WatchedDatabase, 'pool'>): ApiMetrics {
  const registers = [register];
  const duration = new Histogram({
    name: 'kith_procedure_duration_seconds',
    help: 'Time to answer a call, by procedure and outcome (ok, or the code of the error); of a subscription, to open it',
    labelNames: ['procedure', 'outcome'],
    buckets: secondsBuckets,
    registers,
  });
  const perProcedure = { labelNames: ['procedure'], registers } as const;
  const postgres = new Histogram({
    name: 'kith_procedure_postgres_seconds',
    help: 'Time in Postgres for a call, of all its statements added up, by procedure',
    buckets: secondsBuckets,
    ...perProcedure,
  });
  const statements = new Histogram({
    name: 'kith_procedure_statements',
    help: 'Statements run for a call, by procedure',
    buckets: [0, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64],
    ...perProcedure,
  });
  const rows = new Histogram({
    name: 'kith_procedure_rows',
    help: 'Rows read for a call, by procedure',
    buckets: [0, 1, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000],
    ...perProcedure,
  });
  registerPool(register, database);
  return {
    startCall: (procedure) => {
      const end = duration.startTimer({ procedure });
      return (outcome) => void end({ outcome });
    },
    observeCosts: (procedure, costs) => {
      statements.observe({ procedure }, costs.statements);
      rows.observe({ procedure }, costs.rows);
      postgres.observe({ procedure }, costs.seconds);
    },
  };
}

function registerPool(register: Registry, database: Pick<WatchedDatabase, 'pool'>): void {
  const connections = new Gauge({
    name: 'kith_postgres_connections',
    help: 'Connections to Postgres, by state (busy, idle)',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { total, idle } = database.pool();
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'busy' }, total - idle);
    },
  });
  const waiting = new Gauge({
    name: 'kith_postgres_waiting',
    help: 'Statements and changes that wait for a connection to Postgres',
    registers: [],
    collect() {
      this.set(database.pool().waiting);
    },
  });
  register.registerMetric(connections);
  register.registerMetric(waiting);
}
