CREATE TABLE "checkpoint_heads" (
	"workspace_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"checkpoint_sequence" integer NOT NULL,
	"sequence" integer NOT NULL,
	"head" "bytea" NOT NULL,
	CONSTRAINT "checkpoint_heads_workspace_id_card_id_checkpoint_sequence_pk" PRIMARY KEY("workspace_id","card_id","checkpoint_sequence")
);
--> statement-breakpoint
CREATE TABLE "checkpoints" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"previous_hash" "bytea",
	"heads_hash" "bytea" NOT NULL,
	"card_count" integer NOT NULL,
	"statement" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "checkpoints_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "checkpoints_sequence_key" UNIQUE("workspace_id","sequence"),
	CONSTRAINT "checkpoints_sequence_check" CHECK ("checkpoints"."sequence" > 0 AND ("checkpoints"."sequence" = 1) = ("checkpoints"."previous_hash" IS NULL)),
	CONSTRAINT "checkpoints_card_count_check" CHECK ("checkpoints"."card_count" > 0)
);
--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "head" "bytea";--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "hash" "bytea";--> statement-breakpoint
-- Entries that are there get the hashes that they would have got; this once their owner may write them.
ALTER TABLE "ledger_entries" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cards" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
DO $$
DECLARE
  owner regrole := (SELECT relowner::regrole FROM pg_class WHERE oid = 'ledger_entries'::regclass);
BEGIN
  EXECUTE format('GRANT UPDATE ON ledger_entries TO %s', owner);
  WITH RECURSIVE content AS (
    SELECT workspace_id, card_id, sequence, concat_ws('|', id, customer_id, card_id, sequence, type, points, balance_after,
      pending::text, sliding::text, coalesce(transaction_id::text, '-'), coalesce(operation_id::text, '-'),
      coalesce(tier_id::text, '-'), coalesce(earn_rule_version_id::text, '-'),
      coalesce((extract(epoch FROM nullif(activates_at, 'infinity')) * 1000)::bigint::text, '-'),
      coalesce((extract(epoch FROM nullif(expires_at, 'infinity')) * 1000)::bigint::text, '-'),
      (extract(epoch FROM occurred_at) * 1000)::bigint, (extract(epoch FROM recorded_at) * 1000)::bigint) AS text
    FROM ledger_entries
  ), chain AS (
    SELECT workspace_id, card_id, sequence, sha256(convert_to(concat_ws('|',
      encode(sha256(convert_to('voilatier card|' || card_id, 'UTF8')), 'hex'), text), 'UTF8')) AS hash
    FROM content WHERE sequence = 1
    UNION ALL
    SELECT n.workspace_id, n.card_id, n.sequence, sha256(convert_to(concat_ws('|', encode(c.hash, 'hex'), n.text), 'UTF8'))
    FROM chain c JOIN content n ON n.workspace_id = c.workspace_id AND n.card_id = c.card_id AND n.sequence = c.sequence + 1
  )
  UPDATE ledger_entries e SET hash = c.hash FROM chain c
  WHERE e.workspace_id = c.workspace_id AND e.card_id = c.card_id AND e.sequence = c.sequence;
  EXECUTE format('REVOKE UPDATE ON ledger_entries FROM %s', owner);
END $$;
--> statement-breakpoint
UPDATE "cards" c SET "head" = e."hash" FROM "ledger_entries" e
WHERE e."workspace_id" = c."workspace_id" AND e."card_id" = c."id" AND e."sequence" = c."sequence";
--> statement-breakpoint
ALTER TABLE "ledger_entries" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cards" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_entries" ALTER COLUMN "hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "due_work" ADD COLUMN "checkpoint_due_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "checkpoint_heads_checkpoint_idx" ON "checkpoint_heads" USING btree ("workspace_id","checkpoint_sequence","card_id");--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_head_check" CHECK (("cards"."sequence" = 0) = ("cards"."head" IS NULL));--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_hash_check" CHECK (octet_length("ledger_entries"."hash") = 32);
--> statement-breakpoint
ALTER TABLE "checkpoints" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "checkpoint_heads" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own_workspace ON "checkpoints" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
CREATE POLICY own_workspace ON "checkpoint_heads" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
--> statement-breakpoint
DO $$
DECLARE
  added_to record;
BEGIN
  FOR added_to IN
    SELECT oid::regclass AS name, relowner::regrole AS owner FROM pg_class WHERE oid IN ('checkpoints'::regclass, 'checkpoint_heads'::regclass)
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s', added_to.name, added_to.owner);
  END LOOP;
END $$;
