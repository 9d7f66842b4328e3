/*
 * The same questions as a CRM asks them that links participants to records and keeps nothing else: it joins its way to
 * the conversations, sorts them, and takes a page with OFFSET. `total` is what most of them count beside each page.
 *
 * The joins are kind: they have every index that ours have, and show no participants, attachments or reactions.
 */

const ofRecord = `
  from participant p
  join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
  where p.workspace_id = $1 and p.record_id = $2`;
const itsConversations = `select cp.conversation_id ${ofRecord}`;

/** Each answers `{ page, total }`, both `{ text, values }`; a page is one row longer than shown, as ours. */
export const naive = {
  conversations: (workspace, recordId, { limit, offset }) => ({
    page: {
      text: `select distinct c.id, c.channel, c.kind, c.subject, c.last_message_at, c.message_count, c.preview
        from participant p
        join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
        join conversation c on c.workspace_id = cp.workspace_id and c.id = cp.conversation_id
        where p.workspace_id = $1 and p.record_id = $2
        order by c.last_message_at desc, c.id desc limit $3 offset $4`,
      values: [workspace, recordId, limit + 1, offset],
    },
    total: {
      text: `select count(distinct cp.conversation_id) ${ofRecord}`,
      values: [workspace, recordId],
    },
  }),
  timeline: (workspace, recordId, { limit, offset }) => ({
    page: {
      text: `select m.* from message m
        where m.workspace_id = $1 and m.conversation_id in (${itsConversations})
        order by m.sent_at desc, m.id desc limit $3 offset $4`,
      values: [workspace, recordId, limit + 1, offset],
    },
    total: {
      text: `select count(*) from message m
        where m.workspace_id = $1 and m.conversation_id in (${itsConversations})`,
      values: [workspace, recordId],
    },
  }),
  /** Without a word index, as without a search server beside the database. */
  search: (workspace, recordId, { words, limit }) => {
    const isHit = `m.workspace_id = $1 and m.text ilike '%' || $2 || '%'
      ${recordId === undefined ? '' : `and m.conversation_id in (${itsConversations.replaceAll('$2', '$3')})`}`;
    const values = [workspace, words, ...(recordId === undefined ? [] : [recordId])];
    return {
      page: {
        text: `select m.* from message m where ${isHit} order by m.sent_at desc, m.id desc limit ${limit + 1}`,
        values,
      },
      total: { text: `select count(*) from message m where ${isHit}`, values },
    };
  },
  record: (workspace, recordId) => ({
    page: {
      text: `select c.channel, count(distinct c.id)
        from participant p
        join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
        join conversation c on c.workspace_id = cp.workspace_id and c.id = cp.conversation_id
        where p.workspace_id = $1 and p.record_id = $2 group by c.channel`,
      values: [workspace, recordId],
    },
    total: {
      text: 'select count(*) from participant where workspace_id = $1 and record_id = $2',
      values: [workspace, recordId],
    },
  }),
  participants: (workspace, recordId, { limit, offset }) => ({
    page: {
      text: `select * from participant where workspace_id = $1 and record_id = $2
        order by channel, identifier, id limit $3 offset $4`,
      values: [workspace, recordId, limit + 1, offset],
    },
    total: {
      text: 'select count(*) from participant where workspace_id = $1 and record_id = $2',
      values: [workspace, recordId],
    },
  }),
  messages: (workspace, conversationId, { limit, offset }) => ({
    page: {
      text: `select * from message where workspace_id = $1 and conversation_id = $2
        order by sent_at desc, id desc limit $3 offset $4`,
      values: [workspace, conversationId, limit + 1, offset],
    },
    total: {
      text: 'select count(*) from message where workspace_id = $1 and conversation_id = $2',
      values: [workspace, conversationId],
    },
  }),
};
