CREATE TABLE "account" (
	"workspace_id" text NOT NULL,
	"account_id" text NOT NULL,
	"channel" text NOT NULL,
	"provider" text NOT NULL,
	"sealed_secrets" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "account_pkey" PRIMARY KEY("workspace_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "account_identifier" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"account_id" text NOT NULL,
	CONSTRAINT "account_identifier_pkey" PRIMARY KEY("workspace_id","kind","value","account_id")
);
--> statement-breakpoint
CREATE TABLE "accounting_count" (
	"workspace_id" text NOT NULL,
	"account_id" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "accounting_count_pkey" PRIMARY KEY("workspace_id","account_id","outcome","reason")
);
--> statement-breakpoint
CREATE TABLE "api_key" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "api_key_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "attachment" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"blob_key" text NOT NULL,
	"content_id" text,
	"inline" boolean NOT NULL,
	CONSTRAINT "attachment_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversation" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text,
	"preview" text NOT NULL,
	"message_count" integer NOT NULL,
	"last_message_at" timestamp(3) with time zone NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversation_alias" (
	"workspace_id" text NOT NULL,
	"alias_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	CONSTRAINT "conversation_alias_pkey" PRIMARY KEY("workspace_id","alias_id")
);
--> statement-breakpoint
CREATE TABLE "conversation_key" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"key" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	CONSTRAINT "conversation_key_pkey" PRIMARY KEY("workspace_id","channel","key")
);
--> statement-breakpoint
CREATE TABLE "conversation_participant" (
	"workspace_id" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"role_rank" smallint NOT NULL,
	"last_message_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "conversation_participant_pkey" PRIMARY KEY("workspace_id","conversation_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "dead_letter" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"item_index" integer NOT NULL,
	"account_id" text NOT NULL,
	"channel" text NOT NULL,
	"provider" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	"raw_blob" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dead_letter_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"channel" text NOT NULL,
	"provider" text NOT NULL,
	"origin" text NOT NULL,
	"received_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"stream_seq" bigint NOT NULL,
	"outcomes" jsonb NOT NULL,
	CONSTRAINT "delivery_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "link_event" (
	"workspace_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "link_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"participant_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"record_id" text,
	"previous_record_id" text,
	"method" text,
	"confidence" double precision,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "link_event_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "message" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"sender_id" uuid,
	"sent_at" timestamp(3) with time zone NOT NULL,
	"claimed_sent_at" timestamp(3) with time zone,
	"received_at" timestamp(3) with time zone NOT NULL,
	"subject" text,
	"text" text NOT NULL,
	"html_blob" text,
	"raw_blob" text NOT NULL,
	"origin" text NOT NULL,
	CONSTRAINT "message_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "message_participant" (
	"workspace_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"role" text NOT NULL,
	"display_name" text,
	CONSTRAINT "message_participant_pkey" PRIMARY KEY("workspace_id","message_id","participant_id","role")
);
--> statement-breakpoint
CREATE TABLE "message_sighting" (
	"workspace_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"first_seen_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "message_sighting_pkey" PRIMARY KEY("workspace_id","message_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"workspace_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"claimed_until" timestamp(3) with time zone,
	CONSTRAINT "outbox_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "participant" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"identifier" text NOT NULL,
	"display_name" text,
	"named_by_self" boolean DEFAULT false NOT NULL,
	"named_at" timestamp(3) with time zone,
	"record_id" text,
	"status" text NOT NULL,
	"confidence" double precision,
	"method" text,
	"manual" boolean DEFAULT false NOT NULL,
	"resolved_at" timestamp(3) with time zone,
	"last_message_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "participant_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "participant_identifier" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"channel" text NOT NULL,
	"participant_id" uuid NOT NULL,
	CONSTRAINT "participant_identifier_pkey" PRIMARY KEY("workspace_id","kind","value","channel")
);
--> statement-breakpoint
CREATE TABLE "participant_rejection" (
	"workspace_id" text NOT NULL,
	"participant_id" uuid NOT NULL,
	"record_id" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "participant_rejection_pkey" PRIMARY KEY("workspace_id","participant_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "pipeline" (
	"workspace_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"fields" jsonb NOT NULL,
	"default_country" text,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pipeline_pkey" PRIMARY KEY("workspace_id","pipeline")
);
--> statement-breakpoint
CREATE TABLE "record" (
	"workspace_id" text NOT NULL,
	"record_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"title" text,
	"fields" jsonb NOT NULL,
	"unreadable" jsonb NOT NULL,
	"last_activity_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "record_pkey" PRIMARY KEY("workspace_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "record_identifier" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"record_id" text NOT NULL,
	"field" text NOT NULL,
	CONSTRAINT "record_identifier_pkey" PRIMARY KEY("workspace_id","kind","value","record_id","field")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_identifier_account_idx" ON "account_identifier" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "attachment_message_idx" ON "attachment" USING btree ("workspace_id","message_id","position");--> statement-breakpoint
CREATE INDEX "conversation_alias_conversation_idx" ON "conversation_alias" USING btree ("workspace_id","conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_key_conversation_idx" ON "conversation_key" USING btree ("workspace_id","conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_participant_recent_idx" ON "conversation_participant" USING btree ("workspace_id","participant_id","last_message_at" DESC NULLS LAST,"conversation_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "dead_letter_recent_idx" ON "dead_letter" USING btree ("workspace_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "delivery_stream_seq_idx" ON "delivery" USING btree ("workspace_id","stream_seq");--> statement-breakpoint
CREATE INDEX "delivery_account_idx" ON "delivery" USING btree ("workspace_id","account_id","received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "link_event_participant_idx" ON "link_event" USING btree ("workspace_id","participant_id","id");--> statement-breakpoint
CREATE INDEX "message_conversation_idx" ON "message" USING btree ("workspace_id","conversation_id","sent_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "outbox_order_idx" ON "outbox" USING btree ("id");--> statement-breakpoint
CREATE INDEX "participant_record_idx" ON "participant" USING btree ("workspace_id","record_id");--> statement-breakpoint
CREATE INDEX "participant_identifier_participant_idx" ON "participant_identifier" USING btree ("workspace_id","participant_id");--> statement-breakpoint
CREATE INDEX "record_activity_idx" ON "record" USING btree ("workspace_id","last_activity_at" DESC NULLS LAST,"record_id");--> statement-breakpoint
CREATE INDEX "record_identifier_record_idx" ON "record_identifier" USING btree ("workspace_id","record_id");