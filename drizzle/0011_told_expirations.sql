ALTER TABLE "redemptions" ADD COLUMN "proof_expires_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "redemptions" ADD COLUMN "expiration_told_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "reward_grants" ADD COLUMN "expiry_noticed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "reward_grants" ADD COLUMN "expiration_told_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "due_work" ADD COLUMN "has_rewards" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Redemptions that are there have said until when they can be fetched; of what has expired by now nothing is told any more.
ALTER TABLE "redemptions" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reward_grants" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rewards" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspaces" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "due_work" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "redemptions" r SET "proof_expires_at" = to_timestamp((o."data" ->> 'proofExpiresAt')::numeric / 1000) FROM "operations" o
WHERE o."workspace_id" = r."workspace_id" AND o."id" = r."id";--> statement-breakpoint
UPDATE "redemptions" r SET "expiration_told_at" = r."proof_expires_at" FROM "workspaces" w
WHERE w."workspace_id" = r."workspace_id" AND r."proof_expires_at" <= coalesce(w."clock_frozen_at", now());--> statement-breakpoint
UPDATE "reward_grants" g SET "expiration_told_at" = g."expires_at" FROM "workspaces" w
WHERE w."workspace_id" = g."workspace_id" AND g."expires_at" <= coalesce(w."clock_frozen_at", now());--> statement-breakpoint
INSERT INTO "due_work" ("workspace_id", "claimed_until", "has_rewards") SELECT DISTINCT "workspace_id", '1970-01-01Z'::timestamptz, true FROM "rewards"
ON CONFLICT ("workspace_id") DO UPDATE SET "has_rewards" = true;--> statement-breakpoint
ALTER TABLE "redemptions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reward_grants" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rewards" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspaces" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "due_work" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "redemptions" ALTER COLUMN "proof_expires_at" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "redemptions_expiration_idx" ON "redemptions" USING btree ("workspace_id","proof_expires_at") WHERE "redemptions"."status" = 'ISSUED' AND "redemptions"."expiration_told_at" IS NULL;--> statement-breakpoint
CREATE INDEX "reward_grants_expiration_idx" ON "reward_grants" USING btree ("workspace_id","expires_at") WHERE "reward_grants"."redemption_id" IS NULL AND "reward_grants"."revoked_at" IS NULL AND "reward_grants"."expiration_told_at" IS NULL AND "reward_grants"."expires_at" < 'infinity';--> statement-breakpoint
CREATE INDEX "reward_grants_notice_idx" ON "reward_grants" USING btree ("workspace_id","expires_at") WHERE "reward_grants"."redemption_id" IS NULL AND "reward_grants"."revoked_at" IS NULL AND "reward_grants"."expiration_told_at" IS NULL AND "reward_grants"."expiry_noticed_at" IS NULL AND "reward_grants"."expires_at" < 'infinity';
