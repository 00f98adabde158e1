CREATE TABLE "signing_keys" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_key" "bytea",
	"created_at" timestamp(3) with time zone NOT NULL,
	"retired_at" timestamp(3) with time zone,
	CONSTRAINT "signing_keys_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "signing_keys_private_check" CHECK (("signing_keys"."retired_at" IS NULL) = ("signing_keys"."sealed_private_key" IS NOT NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_current_key" ON "signing_keys" USING btree ("workspace_id") WHERE "signing_keys"."retired_at" IS NULL;
--> statement-breakpoint
ALTER TABLE "signing_keys" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON "signing_keys" USING (workspace_id = nullif(current_setting('voilatier.workspace_id', true), '')::uuid);
