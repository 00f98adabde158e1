CREATE TABLE "event_batches" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"position" bigint,
	"written_at_us" bigint NOT NULL,
	CONSTRAINT "event_batches_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_logs" (
	"workspace_id" uuid NOT NULL,
	"last_position" bigint NOT NULL,
	"removed_through" bigint NOT NULL,
	CONSTRAINT "event_logs_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "event_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "sequence" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "command" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "api_key_id" uuid;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "event_retention_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "event_batches_position_key" ON "event_batches" USING btree ("workspace_id","position") WHERE "event_batches"."position" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "event_batches_waiting_idx" ON "event_batches" USING btree ("workspace_id","written_at_us","id") WHERE "event_batches"."position" IS NULL;
--> statement-breakpoint
ALTER TABLE "events" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Events from before there was a log are batches of their own, in the order in which they were recorded.
INSERT INTO "event_batches" ("workspace_id", "id", "written_at_us")
SELECT "workspace_id", (left("id"::text, 31) || '00000')::uuid, (extract(epoch FROM min("recorded_at")) * 1000000)::bigint
FROM "events" GROUP BY 1, 2;--> statement-breakpoint
ALTER TABLE "events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- The second wall between workspaces, as for every table.
DO $$
DECLARE
  tenant regclass;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['event_batches'::regclass, 'event_logs'::regclass]
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_workspace ON %s USING '
      '(workspace_id = nullif(current_setting(''voilatier.workspace_id'', true), '''')::uuid)', tenant);
  END LOOP;
END $$;
--> statement-breakpoint
-- What was said is never changed. It is removed when it is old, which is why DELETE stays.
DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, TRUNCATE ON events FROM %s', (SELECT relowner::regrole FROM pg_class WHERE oid = 'events'::regclass));
END $$;
