CREATE TABLE "card_definitions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"expiration" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "card_definitions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "card_definitions_status_check" CHECK ("card_definitions"."status" IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED'))
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"name" text,
	"email" text,
	"metadata" jsonb NOT NULL,
	"joined_at" timestamp(3) with time zone NOT NULL,
	"settled_at" timestamp(3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "customers_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "customers_external_id_key" UNIQUE("workspace_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"structure_id" uuid NOT NULL,
	"tier_id" uuid,
	"since" timestamp(3) with time zone NOT NULL,
	"anchored_at" timestamp(3) with time zone,
	"terms" integer NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"stepped_down_at" timestamp(3) with time zone,
	"window_starts_at" timestamp(3) with time zone,
	"window_earned" bigint,
	CONSTRAINT "memberships_workspace_id_customer_id_structure_id_pk" PRIMARY KEY("workspace_id","customer_id","structure_id")
);
--> statement-breakpoint
CREATE TABLE "tier_transitions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"structure_id" uuid NOT NULL,
	"transaction_id" uuid,
	"type" text NOT NULL,
	"from_tier_id" uuid,
	"to_tier_id" uuid,
	"reason" text NOT NULL,
	"measure" bigint NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"late" boolean NOT NULL,
	"retraction" boolean NOT NULL,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "tier_transitions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "earn_rule_versions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"earn_rule_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"terms" jsonb NOT NULL,
	"effective_at" timestamp(3) with time zone NOT NULL,
	"published_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "earn_rule_versions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "earn_rule_versions_number_key" UNIQUE("workspace_id","earn_rule_id","number")
);
--> statement-breakpoint
CREATE TABLE "earn_rules" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"card_definition_id" uuid NOT NULL,
	"retired_at" timestamp(3) with time zone,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "earn_rules_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"card_definition_id" uuid NOT NULL,
	"balance" bigint NOT NULL,
	"sequence" integer NOT NULL,
	CONSTRAINT "cards_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "cards_customer_card_definition_key" UNIQUE("workspace_id","customer_id","card_definition_id")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"type" text NOT NULL,
	"sequence" integer NOT NULL,
	"points" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"transaction_id" uuid,
	"earn_rule_version_id" uuid,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "ledger_entries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "ledger_entries_sequence_key" UNIQUE("workspace_id","card_id","sequence"),
	CONSTRAINT "ledger_entries_type_check" CHECK ("ledger_entries"."type" IN ('EARN', 'EXPIRATION')),
	CONSTRAINT "ledger_entries_sequence_check" CHECK ("ledger_entries"."sequence" > 0)
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"workspace_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"points" bigint NOT NULL,
	"earned_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "lots_workspace_id_card_id_expires_at_pk" PRIMARY KEY("workspace_id","card_id","expires_at"),
	CONSTRAINT "lots_points_check" CHECK ("lots"."points" > 0)
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"source" text NOT NULL,
	"reference" text,
	"amount" numeric NOT NULL,
	"currency" text NOT NULL,
	"location" text,
	"lines" jsonb NOT NULL,
	"awards" jsonb NOT NULL,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "transactions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "transactions_reference_key" UNIQUE("workspace_id","source","reference"),
	CONSTRAINT "transactions_amount_check" CHECK ("transactions"."amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "tier_structures" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"card_definition_id" uuid,
	"point_earned" jsonb,
	"expiration" jsonb NOT NULL,
	"downgrade" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"active_periods" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "tier_structures_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "tier_structures_status_check" CHECK ("tier_structures"."status" IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED')),
	CONSTRAINT "tier_structures_point_earned_check" CHECK (("tier_structures"."type" = 'POINT_EARNED') = ("tier_structures"."point_earned" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "tiers" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"structure_id" uuid NOT NULL,
	"name" text NOT NULL,
	"min_points" bigint NOT NULL,
	"max_points" bigint,
	"no_downgrade" boolean NOT NULL,
	"metadata" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "tiers_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "tiers_structure_min_points_key" UNIQUE("workspace_id","structure_id","min_points"),
	CONSTRAINT "tiers_range_check" CHECK ("tiers"."min_points" >= 0 AND "tiers"."max_points" >= "tiers"."min_points")
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"subject_id" text NOT NULL,
	"action" text NOT NULL,
	"api_key_id" uuid,
	"request_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "activities_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"last_four" text NOT NULL,
	"scope" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "api_keys_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "api_keys_scope_check" CHECK ("api_keys"."scope" IN ('READ', 'WRITE', 'ADMIN'))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"customer_id" uuid,
	"request_id" text NOT NULL,
	"data" jsonb NOT NULL,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "events_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"mode" text NOT NULL,
	"configuration_version" bigint NOT NULL,
	"structures_changed_at" timestamp(3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "workspaces_workspace_id_pk" PRIMARY KEY("workspace_id"),
	CONSTRAINT "workspaces_mode_check" CHECK ("workspaces"."mode" IN ('LIVE', 'SANDBOX'))
);
--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_structure_id_tier_structures_workspace_id_id_fk" FOREIGN KEY ("workspace_id","structure_id") REFERENCES "public"."tier_structures"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_transitions" ADD CONSTRAINT "tier_transitions_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "earn_rule_versions" ADD CONSTRAINT "earn_rule_versions_workspace_id_earn_rule_id_earn_rules_workspace_id_id_fk" FOREIGN KEY ("workspace_id","earn_rule_id") REFERENCES "public"."earn_rules"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "earn_rules" ADD CONSTRAINT "earn_rules_workspace_id_card_definition_id_card_definitions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","card_definition_id") REFERENCES "public"."card_definitions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_workspace_id_card_definition_id_card_definitions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","card_definition_id") REFERENCES "public"."card_definitions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_workspace_id_card_id_cards_workspace_id_id_fk" FOREIGN KEY ("workspace_id","card_id") REFERENCES "public"."cards"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_workspace_id_card_id_cards_workspace_id_id_fk" FOREIGN KEY ("workspace_id","card_id") REFERENCES "public"."cards"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_workspace_id_customer_id_customers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_structures" ADD CONSTRAINT "tier_structures_workspace_id_card_definition_id_card_definitions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","card_definition_id") REFERENCES "public"."card_definitions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tiers" ADD CONSTRAINT "tiers_workspace_id_structure_id_tier_structures_workspace_id_id_fk" FOREIGN KEY ("workspace_id","structure_id") REFERENCES "public"."tier_structures"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_tier_idx" ON "memberships" USING btree ("workspace_id","structure_id","tier_id");--> statement-breakpoint
CREATE INDEX "tier_transitions_customer_idx" ON "tier_transitions" USING btree ("workspace_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "tier_transitions_transaction_idx" ON "tier_transitions" USING btree ("workspace_id","transaction_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_customer_idx" ON "ledger_entries" USING btree ("workspace_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "tier_structures_created_at_idx" ON "tier_structures" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tier_structures_name_idx" ON "tier_structures" USING btree ("workspace_id","name","id");--> statement-breakpoint
CREATE INDEX "activities_object_idx" ON "activities" USING btree ("workspace_id","object_id","id");--> statement-breakpoint
CREATE INDEX "api_keys_secret_hash_idx" ON "api_keys" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys" USING btree ("workspace_id","created_at");