CREATE TABLE "webhook_attempts" (
	"workspace_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp(3) with time zone NOT NULL,
	"latency_ms" integer NOT NULL,
	"status_code" integer,
	"error" text,
	"response_start" text NOT NULL,
	CONSTRAINT "webhook_attempts_workspace_id_delivery_id_id_pk" PRIMARY KEY("workspace_id","delivery_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"customer_id" uuid,
	"log_position" bigint,
	"log_number" integer,
	"status" text NOT NULL,
	"test" boolean NOT NULL,
	"ordered" boolean NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"round_attempts" integer DEFAULT 0 NOT NULL,
	"round_started_at" timestamp(3) with time zone,
	"next_attempt_at" timestamp(3) with time zone,
	"last_status_code" integer,
	"last_error" text,
	"replayed_at" timestamp(3) with time zone,
	"completed_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "webhook_deliveries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "webhook_deliveries_status_check" CHECK ("webhook_deliveries"."status" IN ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED'))
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint_states" (
	"workspace_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"log_position" bigint NOT NULL,
	"log_number" integer NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp(3) with time zone,
	"pauses" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp(3) with time zone,
	"notice_at" timestamp(3) with time zone,
	"tokens" double precision DEFAULT 0 NOT NULL,
	"tokens_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "webhook_endpoint_states_workspace_id_endpoint_id_pk" PRIMARY KEY("workspace_id","endpoint_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"event_types" jsonb NOT NULL,
	"filter" text,
	"rate_per_second" integer,
	"ordered" boolean NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"status_changed_at" timestamp(3) with time zone NOT NULL,
	"sealed" "bytea" NOT NULL,
	"custom_header_names" jsonb NOT NULL,
	"secret_created_at" timestamp(3) with time zone NOT NULL,
	"previous_secret_expires_at" timestamp(3) with time zone,
	"metadata" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone,
	CONSTRAINT "webhook_endpoints_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "webhook_endpoints_status_check" CHECK ("webhook_endpoints"."status" IN ('ENABLED', 'PAUSED', 'DISABLED', 'DELETED')),
	CONSTRAINT "webhook_endpoints_status_reason_check" CHECK ("webhook_endpoints"."status_reason" IN ('REQUESTED', 'FAILING', 'GONE'))
);
--> statement-breakpoint
CREATE TABLE "webhook_replays" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"from_at" timestamp(3) with time zone NOT NULL,
	"to_at" timestamp(3) with time zone NOT NULL,
	"scope" text NOT NULL,
	"log_position" bigint NOT NULL,
	"log_number" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"completed_at" timestamp(3) with time zone,
	CONSTRAINT "webhook_replays_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "webhook_replays_scope_check" CHECK ("webhook_replays"."scope" IN ('FAILED', 'ALL'))
);
--> statement-breakpoint
ALTER TABLE "due_work" ADD COLUMN "has_webhooks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_event_key" ON "webhook_deliveries" USING btree ("workspace_id","event_id","endpoint_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_endpoint_idx" ON "webhook_deliveries" USING btree ("workspace_id","endpoint_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" USING btree ("workspace_id","endpoint_id","next_attempt_at") WHERE "webhook_deliveries"."status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_failed_idx" ON "webhook_deliveries" USING btree ("workspace_id","id") WHERE "webhook_deliveries"."status" = 'FAILED';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_ordered_idx" ON "webhook_deliveries" USING btree ("workspace_id","endpoint_id","customer_id","log_position","log_number") WHERE "webhook_deliveries"."ordered" AND "webhook_deliveries"."status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "webhook_replays_endpoint_idx" ON "webhook_replays" USING btree ("workspace_id","endpoint_id") WHERE "webhook_replays"."completed_at" IS NULL;
--> statement-breakpoint
-- As every table: a connection sees the rows of the workspace that its setting names.
ALTER TABLE "webhook_endpoints" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON "webhook_endpoints" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
ALTER TABLE "webhook_endpoint_states" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON "webhook_endpoint_states" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON "webhook_deliveries" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
ALTER TABLE "webhook_attempts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON "webhook_attempts" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
ALTER TABLE "webhook_replays" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON "webhook_replays" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
-- What came of an attempt is never changed. It is removed when it is old, which is why DELETE stays.
DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, TRUNCATE ON webhook_attempts FROM %s', (SELECT relowner::regrole FROM pg_class WHERE oid = 'webhook_attempts'::regclass));
END $$;
