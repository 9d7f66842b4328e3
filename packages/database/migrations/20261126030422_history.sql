CREATE TABLE "blob_garbage" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"since" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "blob_garbage_pkey" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "erased_identifier" (
	"workspace_id" text NOT NULL,
	"hash" text NOT NULL,
	"channel" text NOT NULL,
	"actor" text NOT NULL,
	"erased_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "erased_identifier_pkey" PRIMARY KEY("workspace_id","hash")
);
--> statement-breakpoint
CREATE TABLE "sync" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"scope" text NOT NULL,
	"record_id" text,
	"account_id" text,
	"actor" text NOT NULL,
	"requested_at" timestamp(3) with time zone NOT NULL,
	"finished_at" timestamp(3) with time zone,
	CONSTRAINT "sync_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "sync_part" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"sync_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"channel" text NOT NULL,
	"provider" text NOT NULL,
	"scope" text NOT NULL,
	"record_id" text,
	"identifiers" text[],
	"since" timestamp(3) with time zone,
	"until" timestamp(3) with time zone NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"detail" text,
	"retry_at" timestamp(3) with time zone,
	"pages" integer DEFAULT 0 NOT NULL,
	"fetched" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"stored" integer DEFAULT 0 NOT NULL,
	"duplicate" integer DEFAULT 0 NOT NULL,
	"ignored" integer DEFAULT 0 NOT NULL,
	"dead_lettered" integer DEFAULT 0 NOT NULL,
	"oldest_at" timestamp(3) with time zone,
	"newest_at" timestamp(3) with time zone,
	"requested_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL,
	"finished_at" timestamp(3) with time zone,
	"missing" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "sync_part_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE INDEX "blob_garbage_since_idx" ON "blob_garbage" USING btree ("since");--> statement-breakpoint
CREATE INDEX "sync_recent_idx" ON "sync" USING btree ("workspace_id","requested_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sync_record_idx" ON "sync" USING btree ("workspace_id","record_id","requested_at" DESC NULLS LAST) WHERE record_id is not null;--> statement-breakpoint
CREATE INDEX "sync_part_sync_idx" ON "sync_part" USING btree ("workspace_id","sync_id");--> statement-breakpoint
CREATE INDEX "sync_part_record_idx" ON "sync_part" USING btree ("workspace_id","record_id","account_id","requested_at" DESC NULLS LAST) WHERE record_id is not null;--> statement-breakpoint
CREATE INDEX "sync_part_account_idx" ON "sync_part" USING btree ("workspace_id","account_id","scope","requested_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sync_part_open_idx" ON "sync_part" USING btree ("workspace_id","account_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "message_participant_identifier_idx" ON "message_participant" USING btree ("workspace_id","identifier_id","message_id");--> statement-breakpoint
CREATE INDEX "message_sighting_account_idx" ON "message_sighting" USING btree ("workspace_id","account_id","message_id");