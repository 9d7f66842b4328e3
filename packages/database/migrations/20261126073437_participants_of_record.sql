DROP INDEX "participant_record_idx";--> statement-breakpoint
CREATE INDEX "participant_record_idx" ON "participant" USING btree ("workspace_id","record_id","channel","identifier","id");