CREATE TABLE "message_search" (
	"workspace_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"sent_at" timestamp(3) with time zone NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "message_search_pkey" PRIMARY KEY("workspace_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "participant_search" (
	"workspace_id" text NOT NULL,
	"participant_id" uuid NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "participant_search_pkey" PRIMARY KEY("workspace_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "record_channel" (
	"workspace_id" text NOT NULL,
	"record_id" text NOT NULL,
	"channel" text NOT NULL,
	"conversation_count" integer NOT NULL,
	"message_count" integer NOT NULL,
	CONSTRAINT "record_channel_pkey" PRIMARY KEY("workspace_id","record_id","channel")
);
--> statement-breakpoint
CREATE TABLE "record_conversation" (
	"workspace_id" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"record_id" text NOT NULL,
	"channel" text NOT NULL,
	"last_message_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "record_conversation_pkey" PRIMARY KEY("workspace_id","conversation_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "record_message" (
	"workspace_id" text NOT NULL,
	"record_id" text NOT NULL,
	"channel" text NOT NULL,
	"sent_at" timestamp(3) with time zone NOT NULL,
	"message_id" uuid NOT NULL,
	CONSTRAINT "record_message_pkey" PRIMARY KEY("workspace_id","record_id","channel","sent_at","message_id")
);
--> statement-breakpoint
CREATE TABLE "record_search" (
	"workspace_id" text NOT NULL,
	"record_id" text NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "record_search_pkey" PRIMARY KEY("workspace_id","record_id")
);
--> statement-breakpoint
CREATE INDEX "message_search_words_idx" ON "message_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "participant_search_words_idx" ON "participant_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "record_conversation_recent_idx" ON "record_conversation" USING btree ("workspace_id","record_id","channel","last_message_at","conversation_id");--> statement-breakpoint
CREATE INDEX "record_search_words_idx" ON "record_search" USING gin ("words");