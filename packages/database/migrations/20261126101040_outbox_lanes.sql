DROP INDEX "outbox_order_idx";--> statement-breakpoint
CREATE INDEX "outbox_facts_idx" ON "outbox" USING btree ("id") WHERE subject like 'kith.events.%';--> statement-breakpoint
CREATE INDEX "outbox_states_idx" ON "outbox" USING btree ("id") WHERE subject not like 'kith.events.%';