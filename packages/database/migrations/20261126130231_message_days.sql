CREATE TABLE "message_day" (
	"workspace_id" text NOT NULL,
	"day" date NOT NULL,
	"channel" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "message_day_pkey" PRIMARY KEY("workspace_id","day","channel")
);
--> statement-breakpoint
CREATE INDEX "dead_letter_account_idx" ON "dead_letter" USING btree ("workspace_id","account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "link_event_person_idx" ON "link_event" USING btree ("workspace_id","id") WHERE reason in ('person', 'undo');--> statement-breakpoint
-- Keeps message_day in step with messages: each trigger fires once for a statement, with all of its rows. As in
-- record_reads_triggers each statement is planned when it runs.
CREATE FUNCTION kith_count_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gained) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO message_day AS counted (workspace_id, day, channel, count)
  SELECT g.workspace_id, (g.sent_at AT TIME ZONE 'UTC')::date, g.channel, count(*) FROM gained g
  GROUP BY 1, 2, 3
  ON CONFLICT (workspace_id, day, channel) DO UPDATE SET count = counted.count + excluded.count$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_count_days AFTER INSERT ON message
  REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION kith_count_days();
--> statement-breakpoint
CREATE FUNCTION kith_discount_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lost) THEN RETURN NULL; END IF;
  EXECUTE $q$
  UPDATE message_day counted SET count = counted.count - gone.count
  FROM (
    SELECT l.workspace_id, (l.sent_at AT TIME ZONE 'UTC')::date AS day, l.channel, count(*) AS count FROM lost l
    GROUP BY 1, 2, 3) gone
  WHERE counted.workspace_id = gone.workspace_id AND counted.day = gone.day AND counted.channel = gone.channel$q$;
  EXECUTE $q$
  DELETE FROM message_day counted
  USING (SELECT DISTINCT l.workspace_id, (l.sent_at AT TIME ZONE 'UTC')::date AS day, l.channel FROM lost l) gone
  WHERE counted.workspace_id = gone.workspace_id AND counted.day = gone.day AND counted.channel = gone.channel
    AND counted.count = 0$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_discount_days AFTER DELETE ON message
  REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION kith_discount_days();
--> statement-breakpoint
-- Most updates of messages move none to another day: those write nothing.
CREATE FUNCTION kith_move_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT workspace_id, id, channel, sent_at FROM new_rows
    EXCEPT SELECT workspace_id, id, channel, sent_at FROM old_rows) THEN RETURN NULL; END IF;
  EXECUTE $q$
  INSERT INTO message_day AS counted (workspace_id, day, channel, count)
  SELECT moved.workspace_id, (moved.sent_at AT TIME ZONE 'UTC')::date, moved.channel, sum(moved.by)
  FROM (
    SELECT workspace_id, sent_at, channel, 1 AS by FROM new_rows
    UNION ALL SELECT workspace_id, sent_at, channel, -1 FROM old_rows) moved
  GROUP BY 1, 2, 3 HAVING sum(moved.by) <> 0
  ON CONFLICT (workspace_id, day, channel) DO UPDATE SET count = counted.count + excluded.count$q$;
  EXECUTE $q$
  DELETE FROM message_day counted
  USING (SELECT DISTINCT o.workspace_id, (o.sent_at AT TIME ZONE 'UTC')::date AS day, o.channel FROM old_rows o) was
  WHERE counted.workspace_id = was.workspace_id AND counted.day = was.day AND counted.channel = was.channel
    AND counted.count = 0$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER kith_move_days AFTER UPDATE ON message
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kith_move_days();
--> statement-breakpoint
INSERT INTO message_day (workspace_id, day, channel, count)
SELECT workspace_id, (sent_at AT TIME ZONE 'UTC')::date, channel, count(*) FROM message GROUP BY 1, 2, 3
ORDER BY 1, 2, 3;
