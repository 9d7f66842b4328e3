/*
 * What the services measure, read from their own registries, and whether the dashboard and the alerts in
 * docs/monitoring ask for nothing else: an expression that names a metric or a label that no service has is a panel
 * that stays empty and an alert that never comes.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';

const root = resolve(import.meta.dirname, '..');
const at = (path) => resolve(root, path);
const compiled = (path) => import(at(path));

/** Every metric of Kith's own: name, type, help, labels and the services that have it. */
export async function readMetrics() {
  const registries = {
    query: await queryRegistry(),
    resolver: await resolverRegistry(),
    ingest: await ingestRegistry(),
  };
  const metrics = new Map();
  for (const [service, registry] of Object.entries(registries)) {
    for (const { name, type, help, labelNames } of registry.getMetricsAsArray()) {
      const metric = metrics.get(name) ?? { name, type, help, labels: labelNames, services: [] };
      metric.services.push(service);
      metrics.set(name, metric);
    }
  }
  return [...metrics.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The metrics as rows of a table. */
export function metricsTable(metrics) {
  const rows = metrics.map(
    ({ name, type, labels, services, help }) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${services.join(', ')} | ${help} |`,
  );
  return [
    '| metric | type | labels | services | what it tells |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** What is wrong with the expressions of the dashboard and the alerts, a sentence each. */
export async function findFaultyExpressions(metrics) {
  const known = knownSeries([...metrics, ...(await processMetrics())]);
  const expressions = [...(await dashboardExpressions()), ...(await alertExpressions())];
  if (expressions.length === 0) return ['docs/monitoring: no expressions were found'];
  return expressions.flatMap(({ where, text }) => faultsOf(text, known).map((fault) => `${where}: ${fault}`));
}

// The registries of services that are built of nothing: registering does not touch what a metric will be read from.

function newRegistry() {
  return new (fromService('prom-client').Registry)();
}

const fromService = createRequire(at('packages/service/package.json'));

async function queryRegistry() {
  const metrics = newRegistry();
  const { createQueryApp } = await compiled('apps/query/dist/server.js');
  createQueryApp({ db: {}, bus: {}, feed: {}, cursors: {}, log: {}, metrics });
  return metrics;
}

async function resolverRegistry() {
  const metrics = newRegistry();
  const { createResolverApp } = await compiled('apps/resolver/dist/server.js');
  const { createResolverMetrics, registerPending } = await compiled('apps/resolver/dist/metrics.js');
  createResolverApp({ db: {}, relay: {}, secrets: {}, hash: {}, log: {}, metrics, now: () => new Date() });
  createResolverMetrics(metrics);
  registerPending(metrics, {});
  return metrics;
}

async function ingestRegistry() {
  const metrics = newRegistry();
  const { createIngestMetrics } = await compiled('packages/ingest/dist/metrics.js');
  createIngestMetrics([metrics], {});
  return metrics;
}

/** What every process tells of itself. */
async function processMetrics() {
  const register = newRegistry();
  fromService('prom-client').collectDefaultMetrics({ register });
  const own = register
    .getMetricsAsArray()
    .map(({ name, type, labelNames }) => ({ name, type, labels: labelNames }));
  return [...own, { name: 'up', type: 'gauge', labels: [] }];
}

/** Labels that Prometheus adds to every series (docs/monitoring/prometheus.yml). */
const targetLabels = ['job', 'instance'];

/** The labels of every series by its name; a histogram is three. */
function knownSeries(metrics) {
  const series = new Map();
  for (const { name, type, labels } of metrics) {
    const all = new Set([...labels, ...targetLabels]);
    if (type !== 'histogram') series.set(name, all);
    else {
      series.set(`${name}_bucket`, new Set([...all, 'le']));
      series.set(`${name}_sum`, all);
      series.set(`${name}_count`, all);
    }
  }
  return series;
}

async function dashboardExpressions() {
  const { panels, templating } = JSON.parse(await readFile(at('docs/monitoring/grafana.json'), 'utf8'));
  const ofPanels = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
  const ofVariables = templating.list
    .filter(({ type }) => type === 'query')
    .map(({ name, query }) => ({
      title: name,
      expr: query.query.replace(/^label_values\((.*), (\w+)\)$/, 'sum by ($2) ($1)'),
    }));
  return [...ofPanels, ...ofVariables].map(({ title, expr }) => ({
    where: `grafana.json, "${title}"`,
    text: expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$\w+/g, 'any'),
  }));
}

/** An expression stands on the line of its `expr:`, or indented below it. */
async function alertExpressions() {
  const text = await readFile(at('docs/monitoring/alerts.yml'), 'utf8');
  return text
    .split(/^ *- alert: /m)
    .slice(1)
    .map((rule) => {
      const [name] = rule.split('\n', 1);
      const [, expr = ''] = /^ +expr: (?:>-\n)?([^]*?)\n {8}\w+:/m.exec(rule) ?? [];
      return { where: `alerts.yml, ${name}`, text: expr };
    });
}

function faultsOf(text, known) {
  if (text.trim() === '') return ['no expression was found'];
  const faults = [];
  const labels = [];
  parser.parse(text).iterate({
    enter: (node) => {
      const word = text.slice(node.from, node.to);
      if (node.type.isError) faults.push(`cannot be read at character ${node.from} of ${text}`);
      if (node.name === 'VectorSelector') {
        const [name = ''] = /^[\w:]*/.exec(word) ?? [];
        const own = known.get(name);
        if (own === undefined) {
          faults.push(`no service has the metric ${name || word}`);
          return false;
        }
        for (const [, label] of word.matchAll(/[{,]\s*(\w+)\s*[=!]/g)) {
          if (!own.has(label)) faults.push(`${name} has no label ${label}`);
        }
        labels.push(...own);
      }
      return true;
    },
  });
  for (const [, list = ''] of text.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)) {
    for (const label of list.split(',').map((part) => part.trim())) {
      if (label !== '' && !labels.includes(label)) faults.push(`nothing in "${text}" has the label ${label}`);
    }
  }
  return faults;
}
