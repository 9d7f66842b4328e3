-- Keeps record_conversation, record_message and record_channel in step with participants, conversations and messages.
--
-- Each trigger fires once for a statement, with all of its rows. After any statement record_conversation holds exactly
-- the pairs of a record and a conversation in which a participant linked to that record takes part, record_message
-- their messages, and record_channel their numbers; whoever writes knows nothing of it. All changes of a workspace
-- happen under its write lock, so no two of them meet here.
--
-- Each statement is planned anew (EXECUTE): a function's own plans are kept for a session, and one that was made for an
-- empty table, or for a million rows, reads whole tables for everything after. And what goes is worked out before it is
-- looked for, or a change of one conversation would read all messages of its record.
CREATE FUNCTION kith_meet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
  SELECT DISTINCT c.workspace_id, c.id, g.record_id, c.channel, c.last_message_at
  FROM gained g
  JOIN conversation_participant cp ON cp.workspace_id = g.workspace_id AND cp.participant_id = g.id
  JOIN conversation c ON c.workspace_id = cp.workspace_id AND c.id = cp.conversation_id
  WHERE g.record_id IS NOT NULL
  ON CONFLICT DO NOTHING$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_meet AFTER INSERT ON participant
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_meet();
--> statement-breakpoint
CREATE FUNCTION kith_begin_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
  SELECT DISTINCT g.workspace_id, g.id, p.record_id, g.channel, g.last_message_at
  FROM gained g
  JOIN conversation_participant cp ON cp.workspace_id = g.workspace_id AND cp.conversation_id = g.id
  JOIN participant p ON p.workspace_id = cp.workspace_id AND p.id = cp.participant_id AND p.record_id IS NOT NULL
  ON CONFLICT DO NOTHING$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_begin_conversation AFTER INSERT ON conversation
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_begin_conversation();
--> statement-breakpoint
CREATE FUNCTION kith_take_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
  SELECT DISTINCT c.workspace_id, c.id, p.record_id, c.channel, c.last_message_at
  FROM gained g
  JOIN participant p ON p.workspace_id = g.workspace_id AND p.id = g.participant_id AND p.record_id IS NOT NULL
  JOIN conversation c ON c.workspace_id = g.workspace_id AND c.id = g.conversation_id
  ON CONFLICT DO NOTHING$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_take_part AFTER INSERT ON conversation_participant
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_take_part();
--> statement-breakpoint
CREATE FUNCTION kith_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  DELETE FROM record_conversation rc
  USING (
    SELECT DISTINCT l.workspace_id, l.conversation_id, p.record_id
    FROM lost l
    JOIN participant p ON p.workspace_id = l.workspace_id AND p.id = l.participant_id AND p.record_id IS NOT NULL
  ) gone
  WHERE rc.workspace_id = gone.workspace_id AND rc.conversation_id = gone.conversation_id
    AND rc.record_id = gone.record_id
    AND NOT EXISTS (
      SELECT 1 FROM conversation_participant cp
      JOIN participant p ON p.workspace_id = cp.workspace_id AND p.id = cp.participant_id
      WHERE cp.workspace_id = rc.workspace_id AND cp.conversation_id = rc.conversation_id
        AND p.record_id = rc.record_id)$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_leave AFTER DELETE ON conversation_participant
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_leave();
--> statement-breakpoint
CREATE FUNCTION kith_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT workspace_id, id, record_id FROM new_rows EXCEPT SELECT workspace_id, id, record_id FROM old_rows) THEN RETURN NULL; END IF;
  EXECUTE $q$
  WITH gone AS MATERIALIZED (
    SELECT DISTINCT cp.workspace_id, cp.conversation_id, unlinked.record_id
    FROM (
      SELECT workspace_id, id, record_id FROM old_rows WHERE record_id IS NOT NULL
      EXCEPT SELECT workspace_id, id, record_id FROM new_rows
    ) unlinked
    JOIN conversation_participant cp ON cp.workspace_id = unlinked.workspace_id AND cp.participant_id = unlinked.id
  )
  DELETE FROM record_conversation rc USING gone
  WHERE rc.workspace_id = gone.workspace_id AND rc.conversation_id = gone.conversation_id
    AND rc.record_id = gone.record_id
    AND NOT EXISTS (
      SELECT 1 FROM conversation_participant cp
      JOIN participant p ON p.workspace_id = cp.workspace_id AND p.id = cp.participant_id
      WHERE cp.workspace_id = rc.workspace_id AND cp.conversation_id = rc.conversation_id
        AND p.record_id = rc.record_id)$q$;
  EXECUTE $q$
  INSERT INTO record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
  SELECT DISTINCT c.workspace_id, c.id, linked.record_id, c.channel, c.last_message_at
  FROM (
    SELECT workspace_id, id, record_id FROM new_rows WHERE record_id IS NOT NULL
    EXCEPT SELECT workspace_id, id, record_id FROM old_rows
  ) linked
  JOIN conversation_participant cp ON cp.workspace_id = linked.workspace_id AND cp.participant_id = linked.id
  JOIN conversation c ON c.workspace_id = cp.workspace_id AND c.id = cp.conversation_id
  ON CONFLICT DO NOTHING$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_link AFTER UPDATE ON participant
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kith_link();
--> statement-breakpoint
CREATE FUNCTION kith_forget_participant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  DELETE FROM record_conversation rc
  USING (
    SELECT DISTINCT cp.workspace_id, cp.conversation_id, l.record_id
    FROM lost l
    JOIN conversation_participant cp ON cp.workspace_id = l.workspace_id AND cp.participant_id = l.id
    WHERE l.record_id IS NOT NULL
  ) gone
  WHERE rc.workspace_id = gone.workspace_id AND rc.conversation_id = gone.conversation_id
    AND rc.record_id = gone.record_id
    AND NOT EXISTS (
      SELECT 1 FROM conversation_participant cp
      JOIN participant p ON p.workspace_id = cp.workspace_id AND p.id = cp.participant_id
      WHERE cp.workspace_id = rc.workspace_id AND cp.conversation_id = rc.conversation_id
        AND p.record_id = rc.record_id)$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_forget_participant AFTER DELETE ON participant
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_forget_participant();
--> statement-breakpoint
CREATE FUNCTION kith_move_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM new_rows) THEN RETURN NULL; END IF;
  EXECUTE $q$
  UPDATE record_conversation rc SET last_message_at = n.last_message_at
  FROM new_rows n
  WHERE rc.workspace_id = n.workspace_id AND rc.conversation_id = n.id
    AND rc.last_message_at <> n.last_message_at$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_move_conversation AFTER UPDATE ON conversation
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kith_move_conversation();
--> statement-breakpoint
CREATE FUNCTION kith_forget_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  DELETE FROM record_conversation rc USING lost l
  WHERE rc.workspace_id = l.workspace_id AND rc.conversation_id = l.id$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_forget_conversation AFTER DELETE ON conversation
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_forget_conversation();
--> statement-breakpoint
CREATE FUNCTION kith_list_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO record_message (workspace_id, record_id, channel, sent_at, message_id)
  SELECT rc.workspace_id, rc.record_id, rc.channel, g.sent_at, g.id
  FROM gained g
  JOIN record_conversation rc ON rc.workspace_id = g.workspace_id AND rc.conversation_id = g.conversation_id
  ON CONFLICT DO NOTHING$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_list_messages AFTER INSERT ON message
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_list_messages();
--> statement-breakpoint
CREATE FUNCTION kith_forget_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  WITH gone AS MATERIALIZED (
    SELECT rc.workspace_id, rc.record_id, rc.channel, l.sent_at, l.id
    FROM lost l
    JOIN record_conversation rc ON rc.workspace_id = l.workspace_id AND rc.conversation_id = l.conversation_id
  )
  DELETE FROM record_message rm USING gone
  WHERE rm.workspace_id = gone.workspace_id AND rm.record_id = gone.record_id AND rm.channel = gone.channel
    AND rm.sent_at = gone.sent_at AND rm.message_id = gone.id$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_forget_messages AFTER DELETE ON message
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_forget_messages();
--> statement-breakpoint
CREATE FUNCTION kith_move_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT workspace_id, id, conversation_id, sent_at FROM new_rows
    EXCEPT SELECT workspace_id, id, conversation_id, sent_at FROM old_rows) THEN RETURN NULL; END IF;
  EXECUTE $q$
  WITH gone AS MATERIALIZED (
    SELECT rc.workspace_id, rc.record_id, rc.channel, was.sent_at, was.id
    FROM (
      SELECT workspace_id, id, conversation_id, sent_at FROM old_rows
      EXCEPT SELECT workspace_id, id, conversation_id, sent_at FROM new_rows
    ) was
    JOIN record_conversation rc ON rc.workspace_id = was.workspace_id AND rc.conversation_id = was.conversation_id
  )
  DELETE FROM record_message rm USING gone
  WHERE rm.workspace_id = gone.workspace_id AND rm.record_id = gone.record_id AND rm.channel = gone.channel
    AND rm.sent_at = gone.sent_at AND rm.message_id = gone.id$q$;
  EXECUTE $q$
  INSERT INTO record_message (workspace_id, record_id, channel, sent_at, message_id)
  SELECT rc.workspace_id, rc.record_id, rc.channel, moved.sent_at, moved.id
  FROM (
    SELECT workspace_id, id, conversation_id, sent_at FROM new_rows
    EXCEPT SELECT workspace_id, id, conversation_id, sent_at FROM old_rows
  ) moved
  JOIN record_conversation rc ON rc.workspace_id = moved.workspace_id AND rc.conversation_id = moved.conversation_id
  ON CONFLICT DO NOTHING$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_move_messages AFTER UPDATE ON message
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kith_move_messages();
--> statement-breakpoint
CREATE FUNCTION kith_gain_conversations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO record_message (workspace_id, record_id, channel, sent_at, message_id)
  SELECT g.workspace_id, g.record_id, g.channel, m.sent_at, m.id
  FROM gained g
  JOIN message m ON m.workspace_id = g.workspace_id AND m.conversation_id = g.conversation_id
  ON CONFLICT DO NOTHING$q$;
  EXECUTE $q$
  INSERT INTO record_channel AS counted (workspace_id, record_id, channel, conversation_count, message_count)
  SELECT g.workspace_id, g.record_id, g.channel, count(*), 0 FROM gained g
  GROUP BY g.workspace_id, g.record_id, g.channel
  ON CONFLICT (workspace_id, record_id, channel) DO UPDATE
    SET conversation_count = counted.conversation_count + excluded.conversation_count$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_gain_conversations AFTER INSERT ON record_conversation
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_gain_conversations();
--> statement-breakpoint
CREATE FUNCTION kith_lose_conversations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  WITH gone AS MATERIALIZED (
    SELECT l.workspace_id, l.record_id, l.channel, m.sent_at, m.id
    FROM lost l
    JOIN message m ON m.workspace_id = l.workspace_id AND m.conversation_id = l.conversation_id
  )
  DELETE FROM record_message rm USING gone
  WHERE rm.workspace_id = gone.workspace_id AND rm.record_id = gone.record_id AND rm.channel = gone.channel
    AND rm.sent_at = gone.sent_at AND rm.message_id = gone.id$q$;
  EXECUTE $q$
  UPDATE record_channel counted SET conversation_count = counted.conversation_count - gone.count
  FROM (
    SELECT l.workspace_id, l.record_id, l.channel, count(*) AS count FROM lost l
    GROUP BY l.workspace_id, l.record_id, l.channel) gone
  WHERE counted.workspace_id = gone.workspace_id AND counted.record_id = gone.record_id
    AND counted.channel = gone.channel$q$;
  EXECUTE $q$
  DELETE FROM record_channel counted USING lost l
  WHERE counted.workspace_id = l.workspace_id AND counted.record_id = l.record_id AND counted.channel = l.channel
    AND counted.conversation_count = 0 AND counted.message_count = 0$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_lose_conversations AFTER DELETE ON record_conversation
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_lose_conversations();
--> statement-breakpoint
CREATE FUNCTION kith_count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO record_channel AS counted (workspace_id, record_id, channel, conversation_count, message_count)
  SELECT g.workspace_id, g.record_id, g.channel, 0, count(*) FROM gained g
  GROUP BY g.workspace_id, g.record_id, g.channel
  ON CONFLICT (workspace_id, record_id, channel) DO UPDATE
    SET message_count = counted.message_count + excluded.message_count$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_count_messages AFTER INSERT ON record_message
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_count_messages();
--> statement-breakpoint
CREATE FUNCTION kith_discount_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  UPDATE record_channel counted SET message_count = counted.message_count - gone.count
  FROM (
    SELECT l.workspace_id, l.record_id, l.channel, count(*) AS count FROM lost l
    GROUP BY l.workspace_id, l.record_id, l.channel) gone
  WHERE counted.workspace_id = gone.workspace_id AND counted.record_id = gone.record_id
    AND counted.channel = gone.channel$q$;
  EXECUTE $q$
  DELETE FROM record_channel counted USING lost l
  WHERE counted.workspace_id = l.workspace_id AND counted.record_id = l.record_id AND counted.channel = l.channel
    AND counted.conversation_count = 0 AND counted.message_count = 0$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_discount_messages AFTER DELETE ON record_message
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_discount_messages();
--> statement-breakpoint
INSERT INTO record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
SELECT DISTINCT c.workspace_id, c.id, p.record_id, c.channel, c.last_message_at
FROM participant p
JOIN conversation_participant cp ON cp.workspace_id = p.workspace_id AND cp.participant_id = p.id
JOIN conversation c ON c.workspace_id = cp.workspace_id AND c.id = cp.conversation_id
WHERE p.record_id IS NOT NULL;
