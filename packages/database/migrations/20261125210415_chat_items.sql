-- What chats tell of messages besides them, files that are fetched after their messages, and identities that an account
-- has by what its provider says.
CREATE TABLE "media" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"key" text NOT NULL,
	"blob_key" text,
	"size" integer,
	"type" text,
	"failure" text,
	"detail" text,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "media_pkey" PRIMARY KEY("workspace_id","channel","key")
);
--> statement-breakpoint
CREATE TABLE "message_change" (
	"workspace_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"change_id" text NOT NULL,
	"kind" text NOT NULL,
	"text" text,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "message_change_pkey" PRIMARY KEY("workspace_id","message_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "message_reaction" (
	"workspace_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"identifier_id" uuid NOT NULL,
	"emoji" text,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "message_reaction_pkey" PRIMARY KEY("workspace_id","message_id","identifier_id")
);
--> statement-breakpoint
CREATE TABLE "message_status" (
	"workspace_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"status" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"detail" text,
	CONSTRAINT "message_status_pkey" PRIMARY KEY("workspace_id","message_id","recipient")
);
--> statement-breakpoint
CREATE TABLE "participant_relation" (
	"workspace_id" text NOT NULL,
	"identifier_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"relation" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "participant_relation_pkey" PRIMARY KEY("workspace_id","identifier_id","account_id","relation")
);
--> statement-breakpoint
ALTER TABLE "attachment" ALTER COLUMN "blob_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "account_identifier" ADD COLUMN "declared" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "account_identifier" ADD COLUMN "learned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "attachment" ADD COLUMN "media_key" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "new_text" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "in_reply_to" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "by_account" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "status" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "edited_text" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "edited_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "deleted_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "attachment_media_idx" ON "attachment" USING btree ("workspace_id","media_key") WHERE media_key is not null;