ALTER TABLE "card_definitions" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "earn_rules" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "tiers" ADD COLUMN "key" text;--> statement-breakpoint
-- What was there before gets keys made of names, with a number where several of one kind have the same. No key made of a name
-- has an underscore, so numbers lead to no key of another. The policies, which hold the owner too, would show no row.
ALTER TABLE "card_definitions" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "earn_rules" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rewards" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tier_structures" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tiers" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
WITH "plain" AS (
  SELECT "workspace_id", "id", "status" = 'DELETED' AS "gone",
    coalesce(nullif(trim(BOTH '-' FROM left(regexp_replace(lower("name"), '[^a-z0-9]+', '-', 'g'), 55)), ''), 'card') AS "base"
  FROM "card_definitions"
), "numbered" AS (
  SELECT *, row_number() OVER (PARTITION BY "workspace_id", "base" ORDER BY "gone", "id") AS "number" FROM "plain"
)
UPDATE "card_definitions" AS "own" SET "key" = "base" || CASE WHEN "number" = 1 THEN '' ELSE '_' || "number" END
FROM "numbered" WHERE "numbered"."workspace_id" = "own"."workspace_id" AND "numbered"."id" = "own"."id";--> statement-breakpoint
WITH "plain" AS (
  SELECT "workspace_id", "id", "retired_at" IS NOT NULL AS "gone",
    coalesce(nullif(trim(BOTH '-' FROM left(regexp_replace(lower("name"), '[^a-z0-9]+', '-', 'g'), 55)), ''), 'rule') AS "base"
  FROM "earn_rules"
), "numbered" AS (
  SELECT *, row_number() OVER (PARTITION BY "workspace_id", "base" ORDER BY "gone", "id") AS "number" FROM "plain"
)
UPDATE "earn_rules" AS "own" SET "key" = "base" || CASE WHEN "number" = 1 THEN '' ELSE '_' || "number" END
FROM "numbered" WHERE "numbered"."workspace_id" = "own"."workspace_id" AND "numbered"."id" = "own"."id";--> statement-breakpoint
WITH "plain" AS (
  SELECT "workspace_id", "id", "status" = 'DELETED' AS "gone",
    coalesce(nullif(trim(BOTH '-' FROM left(regexp_replace(lower("name"), '[^a-z0-9]+', '-', 'g'), 55)), ''), 'reward') AS "base"
  FROM "rewards"
), "numbered" AS (
  SELECT *, row_number() OVER (PARTITION BY "workspace_id", "base" ORDER BY "gone", "id") AS "number" FROM "plain"
)
UPDATE "rewards" AS "own" SET "key" = "base" || CASE WHEN "number" = 1 THEN '' ELSE '_' || "number" END
FROM "numbered" WHERE "numbered"."workspace_id" = "own"."workspace_id" AND "numbered"."id" = "own"."id";--> statement-breakpoint
WITH "plain" AS (
  SELECT "workspace_id", "id", "status" = 'DELETED' AS "gone",
    coalesce(nullif(trim(BOTH '-' FROM left(regexp_replace(lower("name"), '[^a-z0-9]+', '-', 'g'), 55)), ''), 'structure') AS "base"
  FROM "tier_structures" WHERE "draft_of" IS NULL
), "numbered" AS (
  SELECT *, row_number() OVER (PARTITION BY "workspace_id", "base" ORDER BY "gone", "id") AS "number" FROM "plain"
)
UPDATE "tier_structures" AS "own" SET "key" = "base" || CASE WHEN "number" = 1 THEN '' ELSE '_' || "number" END
FROM "numbered" WHERE "numbered"."workspace_id" = "own"."workspace_id" AND "numbered"."id" = "own"."id";--> statement-breakpoint
UPDATE "tier_structures" AS "draft" SET "key" = "own"."key"
FROM "tier_structures" AS "own" WHERE "own"."workspace_id" = "draft"."workspace_id" AND "own"."id" = "draft"."draft_of";--> statement-breakpoint
WITH "plain" AS (
  SELECT "workspace_id", "id", "structure_id", "removed_at" IS NOT NULL AS "gone",
    coalesce(nullif(trim(BOTH '-' FROM left(regexp_replace(lower("name"), '[^a-z0-9]+', '-', 'g'), 55)), ''), 'tier') AS "base"
  FROM "tiers"
), "numbered" AS (
  SELECT *, row_number() OVER (PARTITION BY "workspace_id", "structure_id", "base" ORDER BY "gone", "min_points", "id") AS "number"
  FROM "plain" JOIN "tiers" USING ("workspace_id", "id", "structure_id")
)
UPDATE "tiers" AS "own" SET "key" = "base" || CASE WHEN "number" = 1 THEN '' ELSE '_' || "number" END
FROM "numbered" WHERE "numbered"."workspace_id" = "own"."workspace_id" AND "numbered"."id" = "own"."id";--> statement-breakpoint
-- In drafts of next revisions tiers have the keys of those that they are to become, and new ones keys like no other.
UPDATE "tiers" AS "own" SET "key" = 'new-' || substr(md5("own"."id"::text), 1, 20)
FROM "tier_structures" AS "draft"
WHERE "draft"."workspace_id" = "own"."workspace_id" AND "draft"."id" = "own"."structure_id" AND "draft"."draft_of" IS NOT NULL AND "own"."origin_id" IS NULL;--> statement-breakpoint
UPDATE "tiers" AS "own" SET "key" = "origin"."key"
FROM "tiers" AS "origin" WHERE "origin"."workspace_id" = "own"."workspace_id" AND "origin"."id" = "own"."origin_id";--> statement-breakpoint
ALTER TABLE "card_definitions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "earn_rules" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rewards" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tier_structures" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tiers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "card_definitions" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "earn_rules" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "rewards" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "tier_structures" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "tiers" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "card_definitions_key_idx" ON "card_definitions" USING btree ("workspace_id","key") WHERE "card_definitions"."status" <> 'DELETED';--> statement-breakpoint
CREATE UNIQUE INDEX "earn_rules_key_idx" ON "earn_rules" USING btree ("workspace_id","key") WHERE "earn_rules"."retired_at" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "rewards_key_idx" ON "rewards" USING btree ("workspace_id","key") WHERE "rewards"."status" <> 'DELETED';--> statement-breakpoint
CREATE UNIQUE INDEX "tier_structures_key_idx" ON "tier_structures" USING btree ("workspace_id","key") WHERE "tier_structures"."draft_of" IS NULL AND "tier_structures"."status" <> 'DELETED';--> statement-breakpoint
CREATE UNIQUE INDEX "tiers_key_idx" ON "tiers" USING btree ("workspace_id","structure_id","key") WHERE "tiers"."removed_at" IS NULL;
