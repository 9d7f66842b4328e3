/*
 * Writes the pages of docs/ that repeat what the code says: settings, error codes, events and metrics. `--check` writes
 * nothing and fails when a page differs, so that no page can fall behind. Either way it fails when the dashboard or an
 * alert asks for what is not measured. Reads the compiled packages.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findFaultyExpressions, metricsTable, readMetrics } from './monitoring.mjs';

const root = resolve(import.meta.dirname, '..');
const at = (path) => resolve(root, path);

const services = ['resolver', 'query', 'ingest-email', 'ingest-whatsapp', 'ingest-linkedin', 'web'];

const pages = {
  'docs/configuration.md': configurationPage,
  'docs/errors.md': errorsPage,
  'docs/events.md': eventsPage,
  'docs/monitoring.md': monitoringPage,
};

const check = process.argv.includes('--check');
for (const [path, render] of Object.entries(pages)) {
  const text = await render();
  const found = await readFile(at(path), 'utf8').catch(() => '');
  if (found === text) continue;
  if (check) {
    console.error(`${path} differs from the code: run "node scripts/docs.mjs" and commit it`);
    process.exitCode = 1;
  } else {
    await writeFile(at(path), text);
    console.log(`wrote ${path}`);
  }
}

for (const fault of await findFaultyExpressions(await readMetrics())) {
  console.error(fault);
  process.exitCode = 1;
}

async function configurationPage() {
  const sections = [];
  for (const service of services) {
    const config = await import(at(`apps/${service}/dist/config.js`));
    const schema = Object.values(config).find((value) => value?.shape?.PORT !== undefined);
    const rows = Object.entries(schema.shape).map(([key, field]) => settingRow(key, field));
    sections.push(
      `## ${service}\n\n| variable | default | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
    );
  }
  return `# Configuration

Every service reads its settings from the environment, once, when it starts. All problems are told at once, and the
service does not start. A \`KITH_*\` variable that a service does not know is an error: it is a typing mistake. Secrets are
printed as \`[redacted]\`.

This page is written by \`node scripts/docs.mjs\` from the schemas.

${sections.join('\n')}
## npm start

| variable | default | meaning |
| --- | --- | --- |
| \`KITH_PORT_BASE\` | 4400 | First of the fixed ports: web +0, query +1, resolver +2, ingest-email +11, ingest-whatsapp +12, ingest-linkedin +13, the demo's files +14, NATS +20, Postgres +30. |
| \`DATABASE_URL\` | embedded | Postgres to use instead of the embedded one. |
| \`NATS_URL\` | embedded | NATS with JetStream to use instead of the embedded one. |
| \`KITH_NATS_SERVER\` | looked for | Path of the nats-server binary. |
`;
}

function settingRow(key, field) {
  const described = describeField(field);
  return `| \`${key}\` | ${described.fallback} | ${described.meaning}${described.secret ? ' Secret.' : ''} |`;
}

/** Looks through the wrappers of a schema for its description, its default and whether it is a secret. */
function describeField(field) {
  let fallback = 'required';
  let meaning = '';
  let secret = false;
  for (let inner = field; inner !== undefined; inner = inner.def?.innerType) {
    if (inner.def.type === 'default') fallback = `\`${String(inner.def.defaultValue)}\``;
    if (inner.def.type === 'optional' && fallback === 'required') fallback = 'unset';
    const meta = inner.meta?.() ?? {};
    meaning ||= meta.description ?? '';
    secret ||= meta.secret === true;
  }
  return { fallback, meaning, secret };
}

async function errorsPage() {
  const { errorCodes, syncReasons } = await import(at('packages/contracts/dist/index.js'));
  const reasons = Object.entries(syncReasons).map(
    ([reason, { means, todo }]) => `| \`${reason}\` | ${means} | ${todo} |`,
  );
  const rows = Object.entries(errorCodes).map(
    ([code, { status, means }]) => `| \`${code}\` | ${status} | ${means} |`,
  );
  return `# Errors

What a call of the API fails with. A tRPC error carries \`data.kith\`: \`{ code, field, issues, requestId }\`. \`field\` names
the part of the input at fault (\`secrets\`, \`records.3.recordId\`) or is null; \`issues\` lists every part; \`requestId\` is what
the service's log has the error under. The typed client reads it with \`kithError(err)\`.

This page is written by \`node scripts/docs.mjs\` from \`errors.ts\` and \`sync.ts\` of \`packages/contracts\`. What webhooks are
answered is in [webhooks](webhooks.md).

| code | HTTP | meaning |
| --- | --- | --- |
${rows.join('\n')}

## Syncs

Why an account's part of a [sync](history.md) waits, failed, or cannot be asked for: \`reason\` in \`sync.status\` and in the
coverage of \`records.get\`, with \`todo\` beside it.

| reason | meaning | what to do |
| --- | --- | --- |
${reasons.join('\n')}
`;
}

async function eventsPage() {
  const { eventData } = await import(at('packages/contracts/dist/index.js'));
  const rows = Object.entries(eventData).map(([type, schema]) => {
    const fields = Object.entries(schema.shape).map(([name, field]) => {
      const optional = field.def.type === 'optional' ? '?' : '';
      return `\`${name}${optional}\``;
    });
    return `| \`${type}\` | ${fields.join(', ')} |`;
  });
  return `# Events

Other services learn what happened from NATS: stream \`KITH_EVENTS\`, subjects \`kith.events.<workspace>.<entity>.<event>\`,
so \`kith.events.acme.>\` is everything of one workspace and \`kith.events.*.participant.linked\` every new link.

Each message is a CloudEvents 1.0 event in JSON with the attributes \`specversion\`, \`id\`, \`source\` (\`kith/resolver\`),
\`type\`, \`time\`, \`datacontenttype\`, the extensions \`workspace\` and \`schemaversion\` (\`1\`), and \`data\`. Events carry ids and no
personal data: what they are about is read from the query service.

An event is written in the transaction of what it tells of and published after its commit, at least once. The same event
always has the same \`id\`. Fields may be added within a schema version; tolerate those you do not know. The stream keeps
14 days.

This page is written by \`node scripts/docs.mjs\` from \`packages/contracts/src/events.ts\`.

| type | data |
| --- | --- |
${rows.join('\n')}
`;
}

/** The page is written by hand, but for its table of metrics. */
async function monitoringPage() {
  const page = await readFile(at('docs/monitoring.md'), 'utf8');
  const table = metricsTable(await readMetrics());
  return page.replace(
    /(<!-- metrics: [^>]*-->\n)[^]*?(<!-- end of metrics -->)/,
    (_, begin, end) => `${begin}\n${table}\n\n${end}`,
  );
}
