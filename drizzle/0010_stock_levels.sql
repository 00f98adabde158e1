ALTER TABLE "reward_stocks" ADD COLUMN "filled_to" integer;--> statement-breakpoint
-- What there is now is all that is known of how many there were.
ALTER TABLE "reward_stocks" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "reward_stocks" SET "filled_to" = "remaining";--> statement-breakpoint
ALTER TABLE "reward_stocks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reward_stocks" ALTER COLUMN "filled_to" SET NOT NULL;
