/*
 * Writes the pages of docs/ that repeat what the code says: settings, error codes, events, metrics and APIs. `--check`
 * writes nothing and fails when a page differs, so that no page can fall behind. Either way it fails when the dashboard
 * or an alert asks for what is not measured. Reads the compiled packages.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findFaultyExpressions, metricsTable, readMetrics } from './monitoring.mjs';

const root = resolve(import.meta.dirname, '..');
const at = (path) => resolve(root, path);

const services = ['resolver', 'query', 'ingest-email', 'ingest-whatsapp', 'ingest-linkedin', 'web'];

const pages = {
  'docs/configuration.md': configurationPage,
  'docs/errors.md': errorsPage,
  'docs/events.md': eventsPage,
  'docs/asyncapi.json': async () => json(await asyncApi()),
  'docs/openapi/query.json': async () => json((await openApis()).query),
  'docs/openapi/resolver.json': async () => json((await openApis()).resolver),
  'docs/rest.md': restPage,
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
    await mkdir(dirname(at(path)), { recursive: true });
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

What a call of the API fails with. A tRPC error carries \`data.kith\`: \`{ code, field, issues, requestId }\`; over
[REST](rest.md) the body is \`{ code, message, field, issues, requestId }\`. \`field\` names the part of the input at fault
(\`secrets\`, \`records.3.recordId\`) or is null; \`issues\` lists every part; \`requestId\` is what the service's log has the error
under. The typed client reads it with \`kithError(err)\`.

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

[asyncapi.json](asyncapi.json) says the same to programs: an AsyncAPI 3.0 document with the JSON Schema of each event, from
which consumers in other languages can be generated.

This page is written by \`node scripts/docs.mjs\` from \`packages/contracts/src/events.ts\`.

| type | data |
| --- | --- |
${rows.join('\n')}
`;
}

function json(document) {
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function asyncApi() {
  const { createAsyncApi } = await import(at('packages/bus/dist/async-api.js'));
  return createAsyncApi();
}

/** The documents that the services serve themselves; a router that answers nothing is described as well. */
async function openApis() {
  const { createOpenApi } = await import(at('packages/service/dist/index.js'));
  const of = async (app, router, create) => {
    const { about } = await import(at(`apps/${app}/dist/about.js`));
    const { [create]: createRouter } = await import(at(`apps/${app}/dist/${router}`));
    return createOpenApi(createRouter({}), about);
  };
  return {
    query: await of('query', 'router.js', 'createQueryRouter'),
    resolver: await of('resolver', 'api/router.js', 'createResolverRouter'),
  };
}

async function restPage() {
  const { query, resolver } = await openApis();
  return `# REST

Everything that tRPC serves, over plain HTTP with JSON, for callers without TypeScript: reads on the query service, writes
on the resolver, both below \`/v1\`. Each service serves its OpenAPI 3.1 document under \`/openapi.json\`, from which clients in
other languages can be generated; they are also here: [openapi/query.json](openapi/query.json),
[openapi/resolver.json](openapi/resolver.json). What happens is told by [events](events.md) on NATS.

\`\`\`sh
KEY=$(node -p "require('./.kith/local.json').apiKey")

curl -sSf -H "Authorization: Bearer $KEY" 'http://127.0.0.1:4401/v1/records/93/timeline?channels=email&limit=2'

curl -sSf -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
  -d '{ "query": "ana@lima.example" }' http://127.0.0.1:4401/v1/records/search

curl -sSf -X PUT -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
  -d '{ "pipeline": "contacts", "title": "Rui Lima", "fields": { "email": "rui@lima.example" } }' \\
  http://127.0.0.1:4402/v1/records/rui
\`\`\`

\`curl -N -H "Authorization: Bearer $KEY" http://127.0.0.1:4401/v1/records/93/activity\` shows what happens to a record, until it
is stopped.

- **Input.** A name in braces stands in the path, percent-encoded. GET and DELETE take the rest from the query string, where
  a list is a name given several times (\`channels=email&channels=whatsapp\`); POST and PUT take it from the body, in JSON. What
  is searched for always goes into a body, never into a URL. An unknown name is an error: it is a typing mistake.
- **Pages.** Lists answer \`{ items, nextCursor }\`; give \`nextCursor\` back as \`cursor\` until it is null.
- **Errors.** \`{ code, message, field, issues, requestId }\`, with the status of the [code](errors.md). 503 carries
  \`Retry-After\`.
- **Streams.** \`text/event-stream\`: each event has an \`id\`, its \`data\` is JSON, comments come between. Send the last id that
  you saw as \`Last-Event-ID\`, as every EventSource does by itself, and nothing is missed or told twice. Ask for the position
  first where nothing may be missed from the very beginning.
- Browsers of any origin may call: the key is the only credential.

This page is written by \`node scripts/docs.mjs\` from the procedures.

## Reads: query

${routeTable(query)}

## Writes: resolver

${routeTable(resolver)}
`;
}

function routeTable({ paths }) {
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { summary, operationId }]) =>
        `| ${method.toUpperCase()} | \`${path}\` | ${summary} | \`${operationId}\` |`,
    ),
  );
  return `| method | path | does | procedure |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
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
