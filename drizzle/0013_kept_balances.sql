ALTER TABLE "memberships" ADD COLUMN "balance" bigint;--> statement-breakpoint
ALTER TABLE "memberships" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tier_structures" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cards" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "memberships" m SET "balance" = coalesce((
  SELECT c."balance" FROM "cards" c
  WHERE c."workspace_id" = m."workspace_id" AND c."customer_id" = m."customer_id" AND c."card_definition_id" = s."card_definition_id"
), 0) FROM "tier_structures" s
WHERE s."workspace_id" = m."workspace_id" AND s."id" = m."structure_id" AND s."type" = 'POINT_BALANCE';--> statement-breakpoint
ALTER TABLE "memberships" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tier_structures" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cards" FORCE ROW LEVEL SECURITY;
