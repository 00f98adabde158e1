CREATE TABLE "api_key_uses" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"api" text NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"hour" timestamp(3) with time zone NOT NULL,
	"first_used_at" timestamp(3) with time zone NOT NULL,
	"last_used_at" timestamp(3) with time zone NOT NULL,
	"last_accepted_at" timestamp(3) with time zone,
	"request_count" integer NOT NULL,
	"refused_count" integer NOT NULL,
	"last_request_id" text NOT NULL,
	CONSTRAINT "api_key_uses_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "api_key_uses_api_check" CHECK ("api_key_uses"."api" IN ('GRAPHQL', 'REST', 'SYSTEM')),
	CONSTRAINT "api_key_uses_counts_check" CHECK ("api_key_uses"."request_count" > 0 AND "api_key_uses"."refused_count" BETWEEN 0 AND "api_key_uses"."request_count")
);
--> statement-breakpoint
CREATE TABLE "rate_limit_buckets" (
	"workspace_id" uuid NOT NULL,
	"bucket_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "rate_limit_buckets_workspace_id_bucket_id_pk" PRIMARY KEY("workspace_id","bucket_id")
);
--> statement-breakpoint
ALTER TABLE "ledger_entries" DROP CONSTRAINT "ledger_entries_type_check";--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "api" text;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "ip_address" text;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "user_agent" text;--> statement-breakpoint
CREATE INDEX "api_key_uses_api_key_idx" ON "api_key_uses" USING btree ("workspace_id","api_key_id","id");--> statement-breakpoint
CREATE INDEX "api_key_uses_ip_address_idx" ON "api_key_uses" USING btree ("workspace_id","ip_address","id");--> statement-breakpoint
CREATE INDEX "api_key_uses_refused_idx" ON "api_key_uses" USING btree ("workspace_id","id") WHERE "api_key_uses"."refused_count" > 0;--> statement-breakpoint
CREATE INDEX "activities_recorded_at_idx" ON "activities" USING btree ("workspace_id","recorded_at","id");--> statement-breakpoint
CREATE INDEX "activities_subject_idx" ON "activities" USING btree ("workspace_id","subject_id","recorded_at","id");--> statement-breakpoint
CREATE INDEX "activities_api_key_idx" ON "activities" USING btree ("workspace_id","api_key_id","recorded_at","id");--> statement-breakpoint
CREATE INDEX "activities_ip_address_idx" ON "activities" USING btree ("workspace_id","ip_address","recorded_at","id");--> statement-breakpoint
CREATE INDEX "activities_request_idx" ON "activities" USING btree ("workspace_id","request_id","recorded_at","id");--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_type_check" CHECK ("ledger_entries"."type" IN ('EARN', 'EXPIRATION', 'ACTIVATION', 'REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ENTRY_AWARD', 'ENTRY_AWARD_CLAWBACK', 'WRITE_OFF'));--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_api_check" CHECK ("activities"."api" IN ('GRAPHQL', 'REST', 'SYSTEM'));
--> statement-breakpoint
-- The second wall between workspaces. A connection sees and changes the rows of the workspace that its setting
-- `voilatier.workspace_id` names, and of none while it names none. FORCE holds the owner of the tables to it as well.
-- What has to look into all workspaces has a policy of its own that opens no more than that, and only for reading.
DO $$
DECLARE
  tenant regclass;
BEGIN
  FOR tenant IN
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_workspace ON %s USING '
      '(workspace_id = nullif(current_setting(''voilatier.workspace_id'', true), '''')::uuid)', tenant);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY api_key_by_secret ON "api_keys" FOR SELECT
  USING (current_setting('voilatier.pass', true) = 'api_key ' || encode("secret_hash", 'hex'));
--> statement-breakpoint
CREATE POLICY all_due_work ON "workspaces" FOR SELECT USING (current_setting('voilatier.pass', true) = 'due_work');
--> statement-breakpoint
CREATE POLICY all_due_work ON "due_work" FOR SELECT USING (current_setting('voilatier.pass', true) = 'due_work');
--> statement-breakpoint
CREATE POLICY all_due_work ON "customers" FOR SELECT USING (current_setting('voilatier.pass', true) = 'due_work');
--> statement-breakpoint
-- What is only ever added to cannot be changed: not even the owner keeps the right, and nobody is granted more than the owner has.
DO $$
DECLARE
  added_to record;
BEGIN
  FOR added_to IN
    SELECT oid::regclass AS name, relowner::regrole AS owner FROM pg_class
    WHERE oid IN ('ledger_entries'::regclass, 'tier_transitions'::regclass, 'operations'::regclass, 'transactions'::regclass,
      'earn_rule_versions'::regclass, 'activities'::regclass)
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s', added_to.name, added_to.owner);
  END LOOP;
END $$;

--> statement-breakpoint
-- Members' state is updated in place by every earn. Room on the page keeps the new version of a row beside the old one,
-- and its index entries as they are; without it, each first update would touch pages and indexes all over a large table.
ALTER TABLE "customers" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "cards" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "lots" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "memberships" SET (fillfactor = 80);
