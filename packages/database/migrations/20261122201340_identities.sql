-- From participants of one identifier each to participants of several.
--
-- Messages name identifiers, and an identifier belongs to a participant. Until now each participant had exactly one
-- identifier, so the participant's id becomes the identifier's id and the columns that held it only change their name.
CREATE TABLE "participant_clue" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"identifier_id" uuid NOT NULL,
	CONSTRAINT "participant_clue_pkey" PRIMARY KEY("workspace_id","kind","value","identifier_id")
);
--> statement-breakpoint
CREATE TABLE "participant_decision" (
	"workspace_id" text NOT NULL,
	"participant_id" uuid NOT NULL,
	"record_id" text NOT NULL,
	"verdict" text NOT NULL,
	"method" text,
	"confidence" double precision,
	"actor" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "participant_decision_pkey" PRIMARY KEY("workspace_id","participant_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "participant_separation" (
	"workspace_id" text NOT NULL,
	"participant_a" uuid NOT NULL,
	"participant_b" uuid NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "participant_separation_pkey" PRIMARY KEY("workspace_id","participant_a","participant_b")
);
--> statement-breakpoint
CREATE TABLE "record_hint" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"record_id" text NOT NULL,
	"source_record_id" text NOT NULL,
	"field" text NOT NULL,
	"shown" text NOT NULL,
	CONSTRAINT "record_hint_pkey" PRIMARY KEY("workspace_id","key","source_record_id","field","shown")
);
--> statement-breakpoint
CREATE TABLE "team_identity" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "team_identity_pkey" PRIMARY KEY("workspace_id","kind","value")
);
--> statement-breakpoint
INSERT INTO "participant_decision" ("workspace_id","participant_id","record_id","verdict","actor","at")
SELECT "workspace_id","participant_id","record_id",'is_not',"actor","at" FROM "participant_rejection";
--> statement-breakpoint
INSERT INTO "participant_decision" ("workspace_id","participant_id","record_id","verdict","method","confidence","actor","at")
SELECT p."workspace_id",p."id",p."record_id",'is',p."method",p."confidence",
	coalesce((SELECT e."actor" FROM "link_event" e
		WHERE e."workspace_id" = p."workspace_id" AND e."participant_id" = p."id" ORDER BY e."id" DESC LIMIT 1), 'rule'),
	coalesce(p."resolved_at", p."created_at")
FROM "participant" p WHERE p."manual" AND p."record_id" IS NOT NULL
ON CONFLICT ("workspace_id","participant_id","record_id") DO UPDATE SET "verdict" = excluded."verdict",
	"method" = excluded."method", "confidence" = excluded."confidence", "actor" = excluded."actor", "at" = excluded."at";
--> statement-breakpoint
DROP TABLE "participant_rejection";--> statement-breakpoint
ALTER TABLE "link_event" ALTER COLUMN "participant_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "link_event" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "link_event" ADD COLUMN "status" text;--> statement-breakpoint
ALTER TABLE "link_event" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "link_event" ADD COLUMN "caused_by" bigint;--> statement-breakpoint
ALTER TABLE "link_event" ADD COLUMN "undoes" bigint;--> statement-breakpoint
ALTER TABLE "message" RENAME COLUMN "sender_id" TO "sender_identifier_id";--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "marks" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "message_participant" RENAME COLUMN "participant_id" TO "identifier_id";--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "nature" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "candidates" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "dismissed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "message_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "id" uuid;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "display_name" text;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "named_by_self" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "named_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "nature" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "message_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "first_seen_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "seen_by_webhook" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "participant_identifier" ADD COLUMN "wrote_as_person" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "record" ADD COLUMN "default_country" text;--> statement-breakpoint
ALTER TABLE "record" ADD COLUMN "read_as" text;--> statement-breakpoint
ALTER TABLE "record" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "record_identifier" ADD COLUMN "source_record_id" text;--> statement-breakpoint
ALTER TABLE "record_identifier" ADD COLUMN "since" timestamp(3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "link_event" SET "status" = "action",
	"reason" = CASE WHEN "method" = 'manual' THEN 'person' WHEN "actor" = 'rule' THEN 'webhook' ELSE 'record_changed' END;
--> statement-breakpoint
ALTER TABLE "link_event" ALTER COLUMN "reason" SET NOT NULL;--> statement-breakpoint
UPDATE "record_identifier" SET "source_record_id" = "record_id";--> statement-breakpoint
ALTER TABLE "record_identifier" ALTER COLUMN "source_record_id" SET NOT NULL;--> statement-breakpoint
UPDATE "participant_identifier" i SET "id" = p."id", "display_name" = p."display_name",
	"named_by_self" = p."named_by_self", "named_at" = p."named_at", "first_seen_at" = coalesce(named."first_at", p."created_at"),
	"message_count" = coalesce(named."count", 0), "seen_by_webhook" = coalesce(named."by_webhook", true),
	"wrote_as_person" = coalesce(named."wrote", false)
FROM "participant" p
LEFT JOIN (
	SELECT mp."workspace_id", mp."identifier_id", count(*)::int AS "count", min(m."received_at") AS "first_at",
		bool_or(m."origin" = 'webhook') AS "by_webhook", bool_or(mp."role" = 'from') AS "wrote"
	FROM "message_participant" mp
	JOIN "message" m ON m."workspace_id" = mp."workspace_id" AND m."id" = mp."message_id"
	GROUP BY mp."workspace_id", mp."identifier_id") named
	ON named."workspace_id" = p."workspace_id" AND named."identifier_id" = p."id"
WHERE i."workspace_id" = p."workspace_id" AND i."participant_id" = p."id";
--> statement-breakpoint
ALTER TABLE "participant_identifier" ALTER COLUMN "id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "participant_identifier" ALTER COLUMN "first_seen_at" SET NOT NULL;--> statement-breakpoint
UPDATE "participant" p SET "message_count" = i."message_count" FROM "participant_identifier" i
WHERE i."workspace_id" = p."workspace_id" AND i."participant_id" = p."id";
--> statement-breakpoint
-- "C" orders as JavaScript does: what is stored here must be what the resolver would store.
UPDATE "participant" p SET "candidates" = (held."records")[1:100]
FROM (
	SELECT pi."workspace_id", pi."participant_id",
		array_agg(DISTINCT ri."record_id" COLLATE "C") AS "records"
	FROM "participant_identifier" pi
	JOIN "record_identifier" ri ON ri."workspace_id" = pi."workspace_id" AND ri."kind" = pi."kind" AND ri."value" = pi."value"
	JOIN "record" r ON r."workspace_id" = ri."workspace_id" AND r."record_id" = ri."record_id" AND r."deleted_at" IS NULL
	JOIN "participant" q ON q."workspace_id" = pi."workspace_id" AND q."id" = pi."participant_id"
		AND (q."status" = 'ambiguous' OR (q."status" = 'linked' AND NOT q."manual" AND ri."record_id" <> q."record_id"))
	WHERE NOT EXISTS (SELECT 1 FROM "participant_decision" d WHERE d."workspace_id" = pi."workspace_id"
		AND d."participant_id" = pi."participant_id" AND d."record_id" = ri."record_id" AND d."verdict" = 'is_not')
	GROUP BY pi."workspace_id", pi."participant_id") held
WHERE held."workspace_id" = p."workspace_id" AND held."participant_id" = p."id";
--> statement-breakpoint
CREATE INDEX "participant_clue_identifier_idx" ON "participant_clue" USING btree ("workspace_id","identifier_id");--> statement-breakpoint
CREATE UNIQUE INDEX "participant_decision_is_key" ON "participant_decision" USING btree ("workspace_id","participant_id") WHERE verdict = 'is';--> statement-breakpoint
CREATE INDEX "participant_decision_record_idx" ON "participant_decision" USING btree ("workspace_id","record_id","participant_id");--> statement-breakpoint
CREATE INDEX "participant_separation_b_idx" ON "participant_separation" USING btree ("workspace_id","participant_b");--> statement-breakpoint
CREATE INDEX "record_hint_record_idx" ON "record_hint" USING btree ("workspace_id","record_id");--> statement-breakpoint
CREATE INDEX "record_hint_source_idx" ON "record_hint" USING btree ("workspace_id","source_record_id");--> statement-breakpoint
CREATE INDEX "link_event_cause_idx" ON "link_event" USING btree ("workspace_id","caused_by") WHERE caused_by is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "link_event_undoes_key" ON "link_event" USING btree ("workspace_id","undoes") WHERE undoes is not null;--> statement-breakpoint
CREATE INDEX "participant_status_idx" ON "participant" USING btree ("workspace_id","status","id");--> statement-breakpoint
CREATE INDEX "participant_review_idx" ON "participant" USING btree ("workspace_id","id") WHERE cardinality(candidates) > 0 and not dismissed;--> statement-breakpoint
CREATE INDEX "participant_merged_idx" ON "participant" USING btree ("workspace_id","merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "participant_identifier_id_key" ON "participant_identifier" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "participant_identifier_domain_idx" ON "participant_identifier" USING btree ("workspace_id",split_part(value, '@', 2)) WHERE kind = 'email';--> statement-breakpoint
CREATE INDEX "record_pipeline_idx" ON "record" USING btree ("workspace_id","pipeline","read_as");--> statement-breakpoint
CREATE INDEX "record_merged_idx" ON "record" USING btree ("workspace_id","merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "record_identifier_source_idx" ON "record_identifier" USING btree ("workspace_id","source_record_id");--> statement-breakpoint
ALTER TABLE "participant" DROP COLUMN "named_by_self";--> statement-breakpoint
ALTER TABLE "participant" DROP COLUMN "named_at";--> statement-breakpoint
ALTER TABLE "record_identifier" DROP CONSTRAINT "record_identifier_pkey";
--> statement-breakpoint
ALTER TABLE "record_identifier" ADD CONSTRAINT "record_identifier_pkey" PRIMARY KEY("workspace_id","kind","value","source_record_id","field");