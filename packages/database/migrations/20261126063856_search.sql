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
	DELETE FROM message_search s USING gone WHERE s.workspace_id = gone.workspace_id AND s.message_id = gone.id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "message_search_removal" AFTER DELETE ON "message" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "remove_message_search"();--> statement-breakpoint
CREATE FUNCTION "remove_record_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM record_search s USING gone WHERE s.workspace_id = gone.workspace_id AND s.record_id = gone.record_id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "record_search_removal" AFTER DELETE ON "record" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "remove_record_search"();--> statement-breakpoint
CREATE FUNCTION "remove_participant_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM participant_search s USING gone WHERE s.workspace_id = gone.workspace_id AND s.participant_id = gone.id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "participant_search_removal" AFTER DELETE ON "participant" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "remove_participant_search"();--> statement-breakpoint
INSERT INTO "search_todo" ("workspace_id", "kind")
	SELECT id, kind FROM "workspace" CROSS JOIN (VALUES ('messages'), ('records'), ('participants')) of(kind);
