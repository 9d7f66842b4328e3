DROP INDEX "blob_garbage_since_idx";--> statement-breakpoint
CREATE INDEX "attachment_blob_idx" ON "attachment" USING btree ("workspace_id",right("blob_key", 16)) WHERE blob_key is not null;--> statement-breakpoint
CREATE INDEX "media_blob_idx" ON "media" USING btree ("workspace_id",right("blob_key", 16)) WHERE blob_key is not null;--> statement-breakpoint
CREATE INDEX "message_raw_blob_idx" ON "message" USING btree ("workspace_id",right("raw_blob", 16));--> statement-breakpoint
CREATE INDEX "message_html_blob_idx" ON "message" USING btree ("workspace_id",right("html_blob", 16)) WHERE html_blob is not null;--> statement-breakpoint
CREATE INDEX "message_reaction_identifier_idx" ON "message_reaction" USING btree ("workspace_id","identifier_id");--> statement-breakpoint
CREATE INDEX "blob_garbage_since_idx" ON "blob_garbage" USING btree ("workspace_id","since");