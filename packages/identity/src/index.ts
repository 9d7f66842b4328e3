export { classifyEmail, type EmailClass } from './classify-email.ts';
export { companyDomain, type CompanyDomainFailure, type CompanyDomainResult } from './domain.ts';
export { emailDomain, type EmailFailure, type EmailResult, normalizeEmail } from './email.ts';
export { findIdentifiers, type FindOptions, type FoundIdentifier } from './find.ts';
export { foldName, looseHint, nameHint } from './hints.ts';
export { type IdentifierKind } from './identifier.ts';
export {
  type LinkedInFailure,
  type LinkedInKind,
  type LinkedInOptions,
  type LinkedInResult,
  normalizeLinkedIn,
} from './linkedin.ts';
export { normalizePhone, type PhoneFailure, type PhoneOptions, type PhoneResult } from './phone.ts';
export {
  type IdentifierFailure,
  type IdentifierResult,
  readIdentifier,
  type ReadOptions,
} from './read-identifier.ts';
export { findSignature } from './signature.ts';
export {
  normalizeWhatsApp,
  type WhatsAppFailure,
  type WhatsAppOptions,
  type WhatsAppResult,
} from './whatsapp.ts';
