/* The fields to which an app of Meta can subscribe, and which of them are about conversations. */

/** What holds messages, and what is told of them and of people. */
const conversationFields: ReadonlySet<string> = new Set([
  'messages',
  'message_echoes',
  'smb_message_echoes',
  // What is said while Meta's own agent has the conversation.
  'standby',
  'history',
  'smb_app_state_sync',
  'user_id_update',
  'user_id_updates',
]);

const otherFields: ReadonlySet<string> = new Set([
  'automatic_events',
  'calls',
  'flows',
  'messaging_handovers',
  'partner_solutions',
  'payment_configuration_update',
  'security',
  'tracking_events',
  'user_actions',
  'user_preferences',
]);

/** Families of fields of which Meta adds members without notice. */
const otherFamilies = /^(?:account|business|group|message_template|phone_number|template)_/;

/** Whether a field holds what Kith keeps. */
export function isConversationField(name: string): boolean {
  return conversationFields.has(name);
}

/** Whether a field is known to hold nothing of a conversation. */
export function isKnownField(name: string): boolean {
  return otherFields.has(name) || otherFamilies.test(name);
}
