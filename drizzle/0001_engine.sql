CREATE TABLE "operations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"type" text NOT NULL,
	"source" text NOT NULL,
	"reference" text,
	"card_definition_id" uuid,
	"transaction_id" uuid,
	"related_id" uuid,
	"points" bigint,
	"data" jsonb NOT NULL,
	"sequence" integer NOT NULL,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "operations_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "operations_reference_key" UNIQUE("workspace_id","type","source","reference"),
	CONSTRAINT "operations_type_check" CHECK ("operations"."type" IN ('REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ACTIVITY'))
);
--> statement-breakpoint
CREATE TABLE "due_work" (
	"workspace_id" uuid NOT NULL,
	"claimed_until" timestamp(3) with time zone NOT NULL,
	"structures_settled_at" timestamp(3) with time zone,
	CONSTRAINT "due_work_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
ALTER TABLE "tiers" DROP CONSTRAINT "tiers_structure_min_points_key";--> statement-breakpoint
ALTER TABLE "ledger_entries" DROP CONSTRAINT "ledger_entries_type_check";--> statement-breakpoint
ALTER TABLE "lots" DROP CONSTRAINT "lots_points_check";--> statement-breakpoint
ALTER TABLE "lots" DROP CONSTRAINT "lots_workspace_id_card_id_expires_at_pk";--> statement-breakpoint
ALTER TABLE "card_definitions" ADD COLUMN "activation" jsonb DEFAULT '{"type":"IMMEDIATE"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "card_definitions" ADD COLUMN "refund_policy" text DEFAULT 'REVOKE_TO_ZERO' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "next_due_at" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "cap_usage" jsonb;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "window_days" jsonb;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "grace_ends_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "entry_awards" jsonb;--> statement-breakpoint
ALTER TABLE "tier_transitions" ADD COLUMN "operation_id" uuid;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "pending" jsonb;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "sliding_expires_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "operation_id" uuid;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "tier_id" uuid;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "pending" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "activates_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "sliding" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "sliding" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_workspace_id_card_id_expires_at_sliding_pk" PRIMARY KEY("workspace_id","card_id","expires_at","sliding");--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "entry_award_scope" text DEFAULT 'REACHED' NOT NULL;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "entry_award_on_refund" text DEFAULT 'KEEP' NOT NULL;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "draft_of" uuid;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "revision_effective_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "revision_rollout" text DEFAULT 'NEXT_JUDGEMENT' NOT NULL;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD COLUMN "former_revisions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "tiers" ADD COLUMN "entry_award" jsonb;--> statement-breakpoint
ALTER TABLE "tiers" ADD COLUMN "point_expiration" jsonb;--> statement-breakpoint
ALTER TABLE "tiers" ADD COLUMN "origin_id" uuid;--> statement-breakpoint
ALTER TABLE "tiers" ADD COLUMN "removed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "clock_frozen_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "backdating_days" integer DEFAULT 36500 NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operations_customer_idx" ON "operations" USING btree ("workspace_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "operations_transaction_idx" ON "operations" USING btree ("workspace_id","transaction_id");--> statement-breakpoint
CREATE INDEX "operations_related_idx" ON "operations" USING btree ("workspace_id","related_id");--> statement-breakpoint
CREATE INDEX "customers_next_due_idx" ON "customers" USING btree ("workspace_id","next_due_at");--> statement-breakpoint
CREATE INDEX "tiers_structure_idx" ON "tiers" USING btree ("workspace_id","structure_id");--> statement-breakpoint
ALTER TABLE "card_definitions" ADD CONSTRAINT "card_definitions_refund_policy_check" CHECK ("card_definitions"."refund_policy" IN ('REVOKE_FROM_PENDING', 'REVOKE_TO_ZERO', 'REVOKE_BELOW_ZERO'));--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_type_check" CHECK ("ledger_entries"."type" IN ('EARN', 'EXPIRATION', 'ACTIVATION', 'REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ENTRY_AWARD', 'ENTRY_AWARD_CLAWBACK'));--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_points_check" CHECK ("lots"."points" > 0 OR ("lots"."points" < 0 AND "lots"."expires_at" = 'infinity'));