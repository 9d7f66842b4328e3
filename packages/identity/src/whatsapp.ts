/*
 * WhatsApp ids in every form that providers write: JIDs, bare wa_ids, Twilio's addresses, `wa.me` links,
 * business-scoped user ids and LIDs.
 *
 * Only a user's JID and a wa_id are phone numbers. The digits of a LID, a group or a broadcast list are not, and a
 * business-scoped id belongs to the business portfolio that received it: the same text under another scope is somebody
 * else.
 */
import { normalizePhone } from './phone.ts';
import { visibleText } from './visible-text.ts';

/** Why a text is no WhatsApp user's id; `system` is WhatsApp itself. */
export type WhatsAppFailure = 'empty' | 'too_long' | 'group' | 'broadcast' | 'system' | 'not_a_whatsapp_id';

/**
 * Who a WhatsApp id names. The key of a phone is E.164; of a business-scoped user id `<scope>/<id>`, case kept; of a
 * LID its digits and `@lid`.
 */
export type WhatsAppResult =
  | { ok: true; kind: 'phone' | 'whatsapp_bsuid' | 'whatsapp_lid'; key: string; loose: string }
  | { ok: false; reason: WhatsAppFailure };

/** How to read a WhatsApp id. */
export interface WhatsAppOptions {
  /** The business portfolio (or WhatsApp Business account) within which a business-scoped user id is unique. */
  scope?: string | null;
}

const idCharsMax = 400;
// "CC." and up to 128 alphanumerics; a parent business's id has "ENT." between them. Case-sensitive.
const businessScopedId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Normalises one WhatsApp id. */
export function normalizeWhatsApp(text: string, options: WhatsAppOptions = {}): WhatsAppResult {
  if (text.length > idCharsMax) return failure('too_long');
  const id = visibleText(text).replace(/^whatsapp:\s*/i, '');
  if (id === '') return failure('empty');
  const scoped = readBusinessScoped(id, options.scope?.trim() || null);
  if (scoped !== null) return { ok: true, kind: 'whatsapp_bsuid', key: scoped, loose: scoped };
  const at = id.lastIndexOf('@');
  if (at >= 0) return readJid(id.slice(0, at), id.slice(at + 1).toLowerCase());
  return readPhone(phoneInLink(id) ?? id);
}

/** A scope written before the id wins over the caller's: it says where the id comes from. */
function readBusinessScoped(id: string, scope: string | null): string | null {
  const slash = id.lastIndexOf('/');
  if (!businessScopedId.test(id.slice(slash + 1))) return null;
  if (slash < 0) return scope === null ? id : `${scope}/${id}`;
  return /^[^\s:?#]+$/.test(id.slice(0, slash)) ? id : null;
}

/** `<user>[.<agent>][:<device>]@<server>`: the device and agent are no part of who it is. */
function readJid(written: string, server: string): WhatsAppResult {
  const user = written.replace(/(?:\.\d+)?(?::\d+)?$/, '');
  switch (server) {
    case 'c.us':
    case 's.whatsapp.net':
    case 'hosted':
      if (/^(?:0|psa|server|status_me)$/i.test(user)) return failure('system');
      return /^\+?\d+$/.test(user) ? readPhone(user) : failure('not_a_whatsapp_id');
    case 'lid':
    case 'hosted.lid':
      if (!/^[1-9]\d{3,24}$/.test(user)) return failure('not_a_whatsapp_id');
      return { ok: true, kind: 'whatsapp_lid', key: `${user}@lid`, loose: `${user}@lid` };
    case 'g.us':
      return failure('group');
    case 'broadcast':
    case 'newsletter':
      return failure('broadcast');
    case 'bot':
    case 'call':
      return failure('system');
    default:
      return failure('not_a_whatsapp_id');
  }
}

/** A wa_id is an international number without its plus. */
function readPhone(written: string): WhatsAppResult {
  const number = normalizePhone(/^[1-9]\d*$/.test(written) ? `+${written}` : written);
  if (!number.ok) return failure('not_a_whatsapp_id');
  return { ok: true, kind: 'phone', key: number.key, loose: number.loose };
}

/** The number of a click-to-chat link: `https://wa.me/33660036335`, `https://api.whatsapp.com/send?phone=…`. */
export function phoneInLink(text: string): string | null {
  const link =
    /^(?:https?:\/\/)?(?:wa\.me\/|(?:api|web|www)\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=)(?:\+|%2B)?(\d{5,20})(?![^/?#&])/i;
  const [, digits] = link.exec(text) ?? [];
  return digits === undefined ? null : `+${digits}`;
}

function failure(reason: WhatsAppFailure): WhatsAppResult {
  return { ok: false, reason };
}
