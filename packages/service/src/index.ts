export type { StatementCosts, WatchedDatabase } from './api-metrics.ts';
export { ConfigError, loadConfig, printableConfig, secret, serviceSettings } from './config.ts';
export { createHealth, type DependencyCheck, type DependencyState, type Health } from './health.ts';
export { type FetchHandler, type HttpServer, listen, type NodeHandler } from './http-server.ts';
export { idOf } from './ids.ts';
export { createKeyedHash, type KeyedHash } from './keyed-hash.ts';
export { createLog, type Logger } from './log.ts';
export { type ApiDescription, createOpenApi, type OpenApiDocument } from './rest/openapi.ts';
export {
  runService,
  type RunningService,
  type ServiceContext,
  type ServiceDefinition,
} from './run-service.ts';
export { createCursors, type Cursors } from './sealed-cursors.ts';
export { createSecretBox, type SecretBox } from './sealed-secrets.ts';
export { type ApiContext, type ApiMeta, type ErrorData, procedure, router } from './trpc.ts';
export { type Api, type ApiOptions, createApi } from './trpc-server.ts';
