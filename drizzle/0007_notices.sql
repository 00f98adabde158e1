ALTER TABLE "customers" ADD COLUMN "noticed" jsonb;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expiry_noticed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "notice_days" integer DEFAULT 0 NOT NULL;