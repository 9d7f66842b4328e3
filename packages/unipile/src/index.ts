export {
  acceptsUnipile,
  type NotAnEvent,
  readUnipileEvents,
  type UnipileEvent,
  type UnipileReading,
} from './events.ts';
export { type UnipileSecrets, verifyUnipile } from './verify.ts';
