/*
 * The checks of `kith doctor`: each looks at one thing and says in one line how it is and what to do about it.
 */
import { statfs } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { addsUp } from '../accounting-table.ts';
import { type Connection, connect } from '../connection.ts';
import { describeFailure } from '../failure.ts';

/** What a check found. `remedy` is what to do when it is not ok. */
export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
  remedy?: string;
}

const deadlineMs = 5_000;
const freeBytesMin = 1024 ** 3;

/** Runs every check that makes sense for this connection, in the order of their dependencies. */
export async function examine(connection: Connection, nodeVersion: string): Promise<Finding[]> {
  const services = Object.entries(serviceUrls(connection));
  const found = await Promise.all([
    ...services.map(([name, url]) => checkService(name, url)),
    connection.natsUrl === undefined ? nothing : checkNats(connection.natsUrl),
    checkKey(connection),
    connection.local === null ? nothing : checkDisk(connection.local.folder),
  ]);
  return [checkNode(nodeVersion), checkLocal(connection), ...found.flat()];
}

const nothing = Promise.resolve<Finding[]>([]);

function serviceUrls(connection: Connection): Record<string, string> {
  const { urls, queryUrl, resolverUrl, ingestEmailUrl, ingestWhatsappUrl, ingestLinkedinUrl } = connection;
  const named = {
    query: queryUrl,
    resolver: resolverUrl,
    ingestEmail: ingestEmailUrl,
    ingestWhatsapp: ingestWhatsappUrl,
    ingestLinkedin: ingestLinkedinUrl,
  };
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...urls, ...Object.fromEntries(given) };
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { name: 'Node', ok, detail: version, remedy: 'install Node 20.19 or later' };
}

function checkLocal({ local }: Connection): Finding {
  if (local !== null) return { name: 'local.json', ok: true, detail: local.file };
  return {
    name: 'local.json',
    ok: false,
    detail: 'none in this folder or above',
    remedy: 'run "npm start" in Kith’s folder, or give --query-url, --resolver-url and --api-key',
  };
}

async function checkService(name: string, url: string): Promise<Finding[]> {
  const alive = await ask(`${url}/healthz`);
  if (!alive.ok) {
    const remedy = 'start Kith with "npm start"; its log is in .kith/logs';
    return [{ name, ok: false, detail: `${url}: ${alive.detail}`, remedy }];
  }
  const ready = await ask(`${url}/readyz`);
  const states = [...readDependencies(ready.body)];
  const dependencies = states.map(([dependency, state]) => `${dependency} ${state}`).join(', ');
  const detail = `${url}${ready.ok ? '' : ' is not ready'}${dependencies === '' ? '' : ` (${dependencies})`}`;
  return [
    { name, ok: ready.ok, detail, remedy: 'look at the dependency that is not ok, then at .kith/logs' },
  ];
}

async function ask(url: string): Promise<{ ok: boolean; detail: string; body: unknown }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(deadlineMs) });
    const body: unknown = await response.json().catch(() => null);
    return { ok: response.ok, detail: `HTTP ${response.status}`, body };
  } catch (err) {
    return { ok: false, detail: describeFailure(err), body: null };
  }
}

/** `{ dependencies: { name: { ok, detail? } } }`, as `/readyz` answers it. */
function readDependencies(body: unknown): Map<string, string> {
  const dependencies = fieldOf(body, 'dependencies');
  if (typeof dependencies !== 'object' || dependencies === null) return new Map();
  return new Map(
    Object.entries(dependencies).map(([name, state]: [string, unknown]) => {
      const detail = fieldOf(state, 'detail');
      return [
        name,
        fieldOf(state, 'ok') === true ? 'ok' : `not ok: ${typeof detail === 'string' ? detail : '?'}`,
      ];
    }),
  );
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

/** nats-server greets every connection with an INFO line; nothing more is needed to know that it listens. */
async function checkNats(natsUrl: string): Promise<Finding[]> {
  const { hostname, port } = new URL(natsUrl);
  const detail = await new Promise<string>((resolve) => {
    const socket = connectSocket({ host: hostname, port: Number(port || 4222), timeout: deadlineMs });
    const end = (text: string): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (data) => end(data.toString().startsWith('INFO ') ? '' : 'is not a NATS server'));
    socket.on('timeout', () => end(`does not answer within ${deadlineMs / 1000} s`));
    socket.on('error', (err) => end(err.message));
  });
  const where = `${hostname}:${port || 4222}`;
  return [
    {
      name: 'NATS',
      ok: detail === '',
      detail: detail === '' ? where : `${where}: ${detail}`,
      remedy: 'start Kith with "npm start", or check NATS_URL',
    },
  ];
}

async function checkKey(connection: Connection): Promise<Finding[]> {
  const remedy = 'give a valid key with --api-key or KITH_API_KEY';
  try {
    const accounting = await connect(connection).read.deliveries.accounting.query();
    const { accepted, pending } = accounting;
    return [
      { name: 'API key', ok: true, detail: 'valid' },
      {
        name: 'Accounting',
        ok: addsUp(accounting),
        detail: `${accepted} accepted, ${pending} pending`,
        remedy: 'keep the data as it is and look at the resolver’s log',
      },
    ];
  } catch (err) {
    return [{ name: 'API key', ok: false, detail: describeFailure(err), remedy }];
  }
}

async function checkDisk(folder: string): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  const remedy = 'free some space: Postgres and NATS stop when the disk is full';
  return [{ name: 'Disk', ok: free >= freeBytesMin, detail: `${gigabytes} GiB free in ${folder}`, remedy }];
}
