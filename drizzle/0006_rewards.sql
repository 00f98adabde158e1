CREATE TABLE "redemptions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"reward_id" uuid NOT NULL,
	"grant_id" uuid,
	"stocked" boolean NOT NULL,
	"status" text NOT NULL,
	"issued_at" timestamp(3) with time zone NOT NULL,
	"confirmed_at" timestamp(3) with time zone,
	"cancelled_at" timestamp(3) with time zone,
	CONSTRAINT "redemptions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "redemptions_status_check" CHECK ("redemptions"."status" IN ('ISSUED', 'CONFIRMED', 'CANCELLED'))
);
--> statement-breakpoint
CREATE TABLE "reward_grants" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"reward_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL,
	"stocked" boolean NOT NULL,
	"granted_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"redemption_id" uuid,
	"revoked_at" timestamp(3) with time zone,
	"revoked_by" uuid,
	CONSTRAINT "reward_grants_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "reward_stocks" (
	"workspace_id" uuid NOT NULL,
	"reward_id" uuid NOT NULL,
	"remaining" integer NOT NULL,
	CONSTRAINT "reward_stocks_workspace_id_reward_id_pk" PRIMARY KEY("workspace_id","reward_id"),
	CONSTRAINT "reward_stocks_remaining_check" CHECK ("reward_stocks"."remaining" >= 0)
);
--> statement-breakpoint
CREATE TABLE "rewards" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"description" text,
	"status" text NOT NULL,
	"card_definition_id" uuid NOT NULL,
	"cost" bigint NOT NULL,
	"stocked" boolean NOT NULL,
	"limits" jsonb NOT NULL,
	"tier_ids" uuid[] NOT NULL,
	"condition" text,
	"valid_from" timestamp(3) with time zone,
	"valid_until" timestamp(3) with time zone,
	"proof_valid_minutes" integer NOT NULL,
	"trigger" jsonb,
	"grant_validity" jsonb,
	"default_locale" text NOT NULL,
	"receipts" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"active_periods" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "rewards_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "rewards_status_check" CHECK ("rewards"."status" IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED')),
	CONSTRAINT "rewards_cost_check" CHECK ("rewards"."cost" >= 0)
);
--> statement-breakpoint
ALTER TABLE "ledger_entries" DROP CONSTRAINT "ledger_entries_type_check";--> statement-breakpoint
ALTER TABLE "operations" DROP CONSTRAINT "operations_type_check";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "reward_progress" jsonb;--> statement-breakpoint
-- PostgreSQL looks into the tables that are referred to, which their policies would keep from their owner.
ALTER TABLE "customers" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "card_definitions" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_workspace_id_reward_id_rewards_workspace_id_id_fk" FOREIGN KEY ("workspace_id","reward_id") REFERENCES "public"."rewards"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_grants" ADD CONSTRAINT "reward_grants_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_grants" ADD CONSTRAINT "reward_grants_workspace_id_reward_id_rewards_workspace_id_id_fk" FOREIGN KEY ("workspace_id","reward_id") REFERENCES "public"."rewards"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_stocks" ADD CONSTRAINT "reward_stocks_workspace_id_reward_id_rewards_workspace_id_id_fk" FOREIGN KEY ("workspace_id","reward_id") REFERENCES "public"."rewards"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_workspace_id_card_definition_id_card_definitions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","card_definition_id") REFERENCES "public"."card_definitions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "card_definitions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "redemptions_customer_idx" ON "redemptions" USING btree ("workspace_id","customer_id","reward_id");--> statement-breakpoint
CREATE INDEX "reward_grants_customer_idx" ON "reward_grants" USING btree ("workspace_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "reward_grants_transaction_idx" ON "reward_grants" USING btree ("workspace_id","transaction_id");--> statement-breakpoint
CREATE INDEX "reward_grants_revoked_by_idx" ON "reward_grants" USING btree ("workspace_id","revoked_by");--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_type_check" CHECK ("ledger_entries"."type" IN ('EARN', 'EXPIRATION', 'ACTIVATION', 'REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ENTRY_AWARD', 'ENTRY_AWARD_CLAWBACK', 'WRITE_OFF', 'REDEMPTION', 'REDEMPTION_CANCELLATION'));--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_type_check" CHECK ("operations"."type" IN ('REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ACTIVITY', 'REDEMPTION', 'REDEMPTION_CANCELLATION'));
--> statement-breakpoint
DO $$
DECLARE
  tenant regclass;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['rewards', 'reward_stocks', 'redemptions', 'reward_grants']::regclass[]
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_workspace ON %s USING '
      '(workspace_id = nullif(current_setting(''voilatier.workspace_id'', true), '''')::uuid)', tenant);
  END LOOP;
END $$;
