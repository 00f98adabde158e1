ALTER TABLE "due_work" ADD COLUMN "settling_change_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "due_work" ADD COLUMN "settled_up_to" uuid;