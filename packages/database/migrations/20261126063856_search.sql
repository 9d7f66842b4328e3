CREATE TABLE "search_todo" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"after" text DEFAULT '' NOT NULL,
	CONSTRAINT "search_todo_pkey" PRIMARY KEY("workspace_id","kind")
);
--> statement-breakpoint
ALTER TABLE "message_search" ADD COLUMN "channel" text NOT NULL;--> statement-breakpoint
-- Searches read the entries that wait to be put into an index one by one, for each span of time: few may wait.
ALTER INDEX "message_search_words_idx" SET (gin_pending_list_limit = 256);--> statement-breakpoint
ALTER INDEX "record_search_words_idx" SET (gin_pending_list_limit = 256);--> statement-breakpoint
ALTER INDEX "participant_search_words_idx" SET (gin_pending_list_limit = 256);--> statement-breakpoint
CREATE FUNCTION "remove_message_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'DELETE FROM message_search s USING gone WHERE s.workspace_id = gone.workspace_id AND s.message_id = gone.id';
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "message_search_removal" AFTER DELETE ON "message" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "remove_message_search"();--> statement-breakpoint
CREATE FUNCTION "remove_record_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'DELETE FROM record_search s USING gone WHERE s.workspace_id = gone.workspace_id AND s.record_id = gone.record_id';
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "record_search_removal" AFTER DELETE ON "record" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "remove_record_search"();--> statement-breakpoint
CREATE FUNCTION "remove_participant_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'DELETE FROM participant_search s USING gone WHERE s.workspace_id = gone.workspace_id AND s.participant_id = gone.id';
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "participant_search_removal" AFTER DELETE ON "participant" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "remove_participant_search"();--> statement-breakpoint
-- The newest messages that have what is asked for, span of time by span of time until there are enough. A loop, so that
-- it stops there; and always by the index of words, which Postgres, not knowing the words, would not use for small tables.
CREATE FUNCTION "find_messages"(
	spans text[], asked text, newest_at timestamptz, newest_id uuid, is_after boolean, oldest_at timestamptz, oldest_id uuid,
	in_workspace text, in_record text, rows_max integer
) RETURNS TABLE (id uuid, at timestamptz, found tsvector) LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off AS $$
DECLARE
	span text;
	wanted tsquery;
	room integer := rows_max;
	found_here integer;
BEGIN
	FOREACH span IN ARRAY spans LOOP
		wanted := span::tsquery && asked::tsquery;
		RETURN QUERY
			SELECT s.message_id, s.sent_at, s.words FROM message_search s
			WHERE s.words @@ wanted
				AND (s.sent_at, s.message_id) <= (newest_at, newest_id) AND (s.sent_at, s.message_id) >= (oldest_at, oldest_id)
				AND NOT (is_after AND s.message_id = newest_id)
				AND (in_record IS NULL OR EXISTS (
					SELECT 1 FROM record_message rm
					WHERE rm.workspace_id = in_workspace AND rm.record_id = in_record AND rm.channel = s.channel
						AND rm.sent_at = s.sent_at AND rm.message_id = s.message_id))
			ORDER BY s.sent_at DESC, s.message_id DESC LIMIT room;
		GET DIAGNOSTICS found_here = ROW_COUNT;
		room := room - found_here;
		EXIT WHEN room <= 0;
	END LOOP;
END $$;--> statement-breakpoint
INSERT INTO "search_todo" ("workspace_id", "kind")
	SELECT id, kind FROM "workspace" CROSS JOIN (VALUES ('messages'), ('records'), ('participants')) of(kind);
