export { type EmailFailure, type EmailResult, normalizeEmail } from './email.ts';
