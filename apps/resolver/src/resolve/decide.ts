/*
 * The rule of resolution, as a pure function: from what is known of one participant to what it should be.
 *
 * A person's decision, then an exact identifier, then nothing. One record holds the identifier: link. Several:
 * ambiguous. None: unlinked. A link that a rule made stays while its own evidence holds, and goes when it is gone;
 * a link that a person made stays (Invariant 4: never guess).
 */
import type { IdentifierKind } from '@kith/contracts';

/** A record that holds one of the participant's identifiers, in one of its fields. */
export interface Evidence {
  recordId: string;
  kind: IdentifierKind;
  value: string;
  field: string;
}

/** What a participant's link is. */
export interface LinkState {
  status: 'linked' | 'unlinked' | 'ambiguous' | 'internal';
  recordId: string | null;
  method: string | null;
  confidence: number | null;
  manual: boolean;
}

/** Why resolution runs: a message named the participant, history named it, or a record or account changed. */
export type Cause = 'webhook' | 'sync' | 'record';

/** What is known of a participant. `evidence` leaves out deleted records and those a person has rejected. */
export interface Facts {
  current: LinkState;
  internal: boolean;
  evidence: readonly Evidence[];
}

interface Rule {
  method: string;
  confidence: number;
}

const webhookRules: Record<'email' | 'phone' | 'linkedin', Rule> = {
  email: { method: 'email_webhook', confidence: 0.95 },
  phone: { method: 'phone_webhook', confidence: 0.9 },
  linkedin: { method: 'linkedin_webhook', confidence: 0.95 },
};

const family: Record<IdentifierKind, keyof typeof webhookRules> = {
  email: 'email',
  phone: 'phone',
  whatsapp_bsuid: 'phone',
  whatsapp_lid: 'phone',
  linkedin_member: 'linkedin',
  linkedin_profile: 'linkedin',
  linkedin_public: 'linkedin',
};

/** What the participant should be now. Equal to `current` when nothing changes. */
export function decide(facts: Facts, cause: Cause): LinkState {
  const { current, evidence } = facts;
  if (facts.internal) return without('internal');
  if (current.manual && current.recordId !== null) return current;
  const candidates = new Set(evidence.map((found) => found.recordId));
  const kept = current.recordId !== null && candidates.has(current.recordId) ? current.recordId : null;
  const recordId = kept ?? (candidates.size === 1 ? [...candidates][0] : undefined);
  if (recordId === undefined) return without(candidates.size > 1 ? 'ambiguous' : 'unlinked');
  const rule = strongestRule(
    evidence.filter((found) => found.recordId === recordId),
    cause,
  );
  const strongEnough = kept !== null && (current.confidence ?? 0) >= rule.confidence;
  if (strongEnough) return current;
  return { status: 'linked', recordId, ...rule, manual: false };
}

function strongestRule(evidence: readonly Evidence[], cause: Cause): Rule {
  const rules = evidence.map((found) => ruleFor(cause, family[found.kind]));
  return rules.reduce((best, rule) => (rule.confidence > best.confidence ? rule : best));
}

function ruleFor(cause: Cause, kind: keyof typeof webhookRules): Rule {
  switch (cause) {
    case 'webhook':
      return webhookRules[kind];
    case 'sync':
      return { method: 'sync_identifier_match', confidence: 0.85 };
    case 'record':
      return { method: 'record_identifier_match', confidence: kind === 'phone' ? 0.9 : 0.95 };
  }
}

/** No link, for the reason that the status names. */
export function without(status: 'unlinked' | 'ambiguous' | 'internal'): LinkState {
  return { status, recordId: null, method: null, confidence: null, manual: false };
}
