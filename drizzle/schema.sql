-- What the migrations in this folder add up to, for people to read.
-- Written by `npm run db:schema`. Do not edit, and do not run: the migrations make the schema.

CREATE TABLE activities (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  object_id uuid NOT NULL,
  subject_id text NOT NULL,
  action text NOT NULL,
  api_key_id uuid,
  request_id text NOT NULL,
  before jsonb,
  after jsonb,
  recorded_at timestamp(3) with time zone NOT NULL,
  api text,
  ip_address text,
  user_agent text,
  CONSTRAINT activities_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT activities_api_check CHECK ((api = ANY (ARRAY['GRAPHQL'::text, 'REST'::text, 'SYSTEM'::text])))
);
CREATE INDEX activities_api_key_idx ON activities USING btree (workspace_id, api_key_id, recorded_at, id);
CREATE INDEX activities_ip_address_idx ON activities USING btree (workspace_id, ip_address, recorded_at, id);
CREATE INDEX activities_object_idx ON activities USING btree (workspace_id, object_id, id);
CREATE INDEX activities_recorded_at_idx ON activities USING btree (workspace_id, recorded_at, id);
CREATE INDEX activities_request_idx ON activities USING btree (workspace_id, request_id, recorded_at, id);
CREATE INDEX activities_subject_idx ON activities USING btree (workspace_id, subject_id, recorded_at, id);
ALTER TABLE activities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON activities FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON activities FROM CURRENT_USER;

CREATE TABLE api_key_uses (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  api_key_id uuid NOT NULL,
  api text NOT NULL,
  ip_address text,
  user_agent text,
  hour timestamp(3) with time zone NOT NULL,
  first_used_at timestamp(3) with time zone NOT NULL,
  last_used_at timestamp(3) with time zone NOT NULL,
  last_accepted_at timestamp(3) with time zone,
  request_count integer NOT NULL,
  refused_count integer NOT NULL,
  last_request_id text NOT NULL,
  CONSTRAINT api_key_uses_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT api_key_uses_api_check CHECK ((api = ANY (ARRAY['GRAPHQL'::text, 'REST'::text, 'SYSTEM'::text]))),
  CONSTRAINT api_key_uses_counts_check CHECK (((request_count > 0) AND ((refused_count >= 0) AND (refused_count <= request_count))))
);
CREATE INDEX api_key_uses_api_key_idx ON api_key_uses USING btree (workspace_id, api_key_id, id);
CREATE INDEX api_key_uses_ip_address_idx ON api_key_uses USING btree (workspace_id, ip_address, id);
CREATE INDEX api_key_uses_refused_idx ON api_key_uses USING btree (workspace_id, id) WHERE refused_count > 0;
ALTER TABLE api_key_uses ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON api_key_uses FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE api_keys (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  secret_hash bytea NOT NULL,
  last_four text NOT NULL,
  scope text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  expiry_noticed_at timestamp(3) with time zone,
  CONSTRAINT api_keys_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT api_keys_scope_check CHECK ((scope = ANY (ARRAY['READ'::text, 'WRITE'::text, 'ADMIN'::text])))
);
CREATE INDEX api_keys_secret_hash_idx ON api_keys USING btree (secret_hash);
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY api_key_by_secret ON api_keys FOR SELECT TO PUBLIC USING ((current_setting('voilatier.pass'::text, true) = ('api_key '::text || encode(secret_hash, 'hex'::text))));
CREATE POLICY own_workspace ON api_keys FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE card_definitions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  status text NOT NULL,
  expiration jsonb NOT NULL,
  metadata jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  activation jsonb DEFAULT '{"type": "IMMEDIATE"}'::jsonb NOT NULL,
  refund_policy text DEFAULT 'REVOKE_TO_ZERO'::text NOT NULL,
  key text NOT NULL,
  CONSTRAINT card_definitions_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT card_definitions_refund_policy_check CHECK ((refund_policy = ANY (ARRAY['REVOKE_FROM_PENDING'::text, 'REVOKE_TO_ZERO'::text, 'REVOKE_BELOW_ZERO'::text]))),
  CONSTRAINT card_definitions_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'INACTIVE'::text, 'DELETED'::text])))
);
CREATE UNIQUE INDEX card_definitions_key_idx ON card_definitions USING btree (workspace_id, key) WHERE status <> 'DELETED'::text;
ALTER TABLE card_definitions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON card_definitions FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE cards (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  card_definition_id uuid NOT NULL,
  balance bigint NOT NULL,
  sequence integer NOT NULL,
  pending jsonb,
  sliding_expires_at timestamp(3) with time zone,
  head bytea,
  CONSTRAINT cards_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT cards_customer_card_definition_key UNIQUE (workspace_id, customer_id, card_definition_id),
  CONSTRAINT cards_workspace_id_card_definition_id_card_definitions_workspac FOREIGN KEY (workspace_id, card_definition_id) REFERENCES card_definitions(workspace_id, id),
  CONSTRAINT cards_workspace_id_customer_id_customers_workspace_id_id_fk FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  CONSTRAINT cards_head_check CHECK (((sequence = 0) = (head IS NULL)))
);
ALTER TABLE cards ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON cards FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE checkpoint_heads (
  workspace_id uuid NOT NULL,
  card_id uuid NOT NULL,
  checkpoint_sequence integer NOT NULL,
  sequence integer NOT NULL,
  head bytea NOT NULL,
  CONSTRAINT checkpoint_heads_workspace_id_card_id_checkpoint_sequence_pk PRIMARY KEY (workspace_id, card_id, checkpoint_sequence)
);
CREATE INDEX checkpoint_heads_checkpoint_idx ON checkpoint_heads USING btree (workspace_id, checkpoint_sequence, card_id);
ALTER TABLE checkpoint_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON checkpoint_heads FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON checkpoint_heads FROM CURRENT_USER;

CREATE TABLE checkpoints (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  sequence integer NOT NULL,
  previous_hash bytea,
  heads_hash bytea NOT NULL,
  card_count integer NOT NULL,
  statement text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT checkpoints_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT checkpoints_sequence_key UNIQUE (workspace_id, sequence),
  CONSTRAINT checkpoints_card_count_check CHECK ((card_count > 0)),
  CONSTRAINT checkpoints_sequence_check CHECK (((sequence > 0) AND ((sequence = 1) = (previous_hash IS NULL))))
);
ALTER TABLE checkpoints ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON checkpoints FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON checkpoints FROM CURRENT_USER;

CREATE TABLE customers (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  external_id text NOT NULL,
  name text,
  email text,
  metadata jsonb NOT NULL,
  joined_at timestamp(3) with time zone NOT NULL,
  settled_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  sequence integer DEFAULT 0 NOT NULL,
  next_due_at timestamp(3) with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
  cap_usage jsonb,
  event_sequence integer DEFAULT 0 NOT NULL,
  reward_progress jsonb,
  noticed jsonb,
  CONSTRAINT customers_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT customers_external_id_key UNIQUE (workspace_id, external_id)
);
CREATE INDEX customers_next_due_idx ON customers USING btree (workspace_id, next_due_at);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_due_work ON customers FOR SELECT TO PUBLIC USING ((( SELECT current_setting('voilatier.pass'::text, true) AS current_setting) = 'due_work'::text));
CREATE POLICY own_workspace ON customers FOR ALL TO PUBLIC USING ((workspace_id = ( SELECT (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE TABLE due_work (
  workspace_id uuid NOT NULL,
  claimed_until timestamp(3) with time zone NOT NULL,
  structures_settled_at timestamp(3) with time zone,
  checkpoint_due_at timestamp(3) with time zone,
  has_webhooks boolean DEFAULT false NOT NULL,
  has_rewards boolean DEFAULT false NOT NULL,
  settling_change_at timestamp(3) with time zone,
  settled_up_to uuid,
  CONSTRAINT due_work_workspace_id_pk PRIMARY KEY (workspace_id)
);
ALTER TABLE due_work ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_due_work ON due_work FOR SELECT TO PUBLIC USING ((current_setting('voilatier.pass'::text, true) = 'due_work'::text));
CREATE POLICY own_workspace ON due_work FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE earn_rule_versions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  earn_rule_id uuid NOT NULL,
  number integer NOT NULL,
  terms jsonb NOT NULL,
  effective_at timestamp(3) with time zone NOT NULL,
  published_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT earn_rule_versions_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT earn_rule_versions_number_key UNIQUE (workspace_id, earn_rule_id, number),
  CONSTRAINT earn_rule_versions_workspace_id_earn_rule_id_earn_rules_workspa FOREIGN KEY (workspace_id, earn_rule_id) REFERENCES earn_rules(workspace_id, id)
);
ALTER TABLE earn_rule_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON earn_rule_versions FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON earn_rule_versions FROM CURRENT_USER;

CREATE TABLE earn_rules (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  card_definition_id uuid NOT NULL,
  retired_at timestamp(3) with time zone,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  key text NOT NULL,
  CONSTRAINT earn_rules_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT earn_rules_workspace_id_card_definition_id_card_definitions_wor FOREIGN KEY (workspace_id, card_definition_id) REFERENCES card_definitions(workspace_id, id)
);
CREATE UNIQUE INDEX earn_rules_key_idx ON earn_rules USING btree (workspace_id, key) WHERE retired_at IS NULL;
ALTER TABLE earn_rules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON earn_rules FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE event_batches (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  "position" bigint,
  written_at_us bigint NOT NULL,
  CONSTRAINT event_batches_workspace_id_id_pk PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX event_batches_position_key ON event_batches USING btree (workspace_id, "position") WHERE "position" IS NOT NULL;
CREATE INDEX event_batches_waiting_idx ON event_batches USING btree (workspace_id, written_at_us, id) WHERE "position" IS NULL;
ALTER TABLE event_batches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON event_batches FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE event_logs (
  workspace_id uuid NOT NULL,
  last_position bigint NOT NULL,
  removed_through bigint NOT NULL,
  CONSTRAINT event_logs_workspace_id_pk PRIMARY KEY (workspace_id)
);
ALTER TABLE event_logs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON event_logs FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE events (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  customer_id uuid,
  request_id text NOT NULL,
  data jsonb NOT NULL,
  occurred_at timestamp(3) with time zone NOT NULL,
  recorded_at timestamp(3) with time zone NOT NULL,
  sequence integer,
  command text,
  api_key_id uuid,
  CONSTRAINT events_workspace_id_id_pk PRIMARY KEY (workspace_id, id)
);
ALTER TABLE events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON events FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE idempotency_keys (
  workspace_id uuid NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  result jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT idempotency_keys_workspace_id_key_pk PRIMARY KEY (workspace_id, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys USING btree (workspace_id, created_at);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON idempotency_keys FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE ledger_entries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  card_id uuid NOT NULL,
  type text NOT NULL,
  sequence integer NOT NULL,
  points bigint NOT NULL,
  balance_after bigint NOT NULL,
  transaction_id uuid,
  earn_rule_version_id uuid,
  expires_at timestamp(3) with time zone NOT NULL,
  occurred_at timestamp(3) with time zone NOT NULL,
  recorded_at timestamp(3) with time zone NOT NULL,
  operation_id uuid,
  tier_id uuid,
  pending boolean DEFAULT false NOT NULL,
  activates_at timestamp(3) with time zone,
  sliding boolean DEFAULT false NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT ledger_entries_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT ledger_entries_sequence_key UNIQUE (workspace_id, card_id, sequence),
  CONSTRAINT ledger_entries_workspace_id_card_id_cards_workspace_id_id_fk FOREIGN KEY (workspace_id, card_id) REFERENCES cards(workspace_id, id),
  CONSTRAINT ledger_entries_hash_check CHECK ((octet_length(hash) = 32)),
  CONSTRAINT ledger_entries_sequence_check CHECK ((sequence > 0)),
  CONSTRAINT ledger_entries_type_check CHECK ((type = ANY (ARRAY['EARN'::text, 'EXPIRATION'::text, 'ACTIVATION'::text, 'REFUND'::text, 'SPEND'::text, 'SPEND_REVERSAL'::text, 'ADJUSTMENT'::text, 'TRANSFER_OUT'::text, 'TRANSFER_IN'::text, 'ENTRY_AWARD'::text, 'ENTRY_AWARD_CLAWBACK'::text, 'WRITE_OFF'::text, 'REDEMPTION'::text, 'REDEMPTION_CANCELLATION'::text])))
);
CREATE INDEX ledger_entries_customer_idx ON ledger_entries USING btree (workspace_id, customer_id, id);
ALTER TABLE ledger_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON ledger_entries FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entries FROM CURRENT_USER;

CREATE TABLE lots (
  workspace_id uuid NOT NULL,
  card_id uuid NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  points bigint NOT NULL,
  earned_at timestamp(3) with time zone NOT NULL,
  sliding boolean DEFAULT false NOT NULL,
  CONSTRAINT lots_workspace_id_card_id_expires_at_sliding_pk PRIMARY KEY (workspace_id, card_id, expires_at, sliding),
  CONSTRAINT lots_workspace_id_card_id_cards_workspace_id_id_fk FOREIGN KEY (workspace_id, card_id) REFERENCES cards(workspace_id, id),
  CONSTRAINT lots_points_check CHECK (((points > 0) OR ((points < 0) AND (expires_at = 'infinity'::timestamp with time zone))))
);
ALTER TABLE lots ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON lots FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE memberships (
  workspace_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  tier_id uuid,
  since timestamp(3) with time zone NOT NULL,
  anchored_at timestamp(3) with time zone,
  terms integer NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  stepped_down_at timestamp(3) with time zone,
  window_starts_at timestamp(3) with time zone,
  window_earned bigint,
  window_days jsonb,
  grace_ends_at timestamp(3) with time zone,
  entry_awards jsonb,
  balance bigint,
  CONSTRAINT memberships_workspace_id_customer_id_structure_id_pk PRIMARY KEY (workspace_id, customer_id, structure_id),
  CONSTRAINT memberships_workspace_id_customer_id_customers_workspace_id_id_ FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  CONSTRAINT memberships_workspace_id_structure_id_tier_structures_workspace FOREIGN KEY (workspace_id, structure_id) REFERENCES tier_structures(workspace_id, id)
);
CREATE INDEX memberships_tier_idx ON memberships USING btree (workspace_id, structure_id, tier_id);
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON memberships FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE operations (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  type text NOT NULL,
  source text NOT NULL,
  reference text,
  card_definition_id uuid,
  transaction_id uuid,
  related_id uuid,
  points bigint,
  data jsonb NOT NULL,
  sequence integer NOT NULL,
  occurred_at timestamp(3) with time zone NOT NULL,
  recorded_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT operations_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT operations_reference_key UNIQUE (workspace_id, type, source, reference),
  CONSTRAINT operations_workspace_id_customer_id_customers_workspace_id_id_f FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  CONSTRAINT operations_type_check CHECK ((type = ANY (ARRAY['REFUND'::text, 'SPEND'::text, 'SPEND_REVERSAL'::text, 'ADJUSTMENT'::text, 'TRANSFER_OUT'::text, 'TRANSFER_IN'::text, 'ACTIVITY'::text, 'REDEMPTION'::text, 'REDEMPTION_CANCELLATION'::text])))
);
CREATE INDEX operations_customer_idx ON operations USING btree (workspace_id, customer_id, id);
CREATE INDEX operations_related_idx ON operations USING btree (workspace_id, related_id);
CREATE INDEX operations_transaction_idx ON operations USING btree (workspace_id, transaction_id);
ALTER TABLE operations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON operations FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON operations FROM CURRENT_USER;

CREATE TABLE rate_limit_buckets (
  workspace_id uuid NOT NULL,
  bucket_id uuid NOT NULL,
  version bigint NOT NULL,
  state jsonb NOT NULL,
  CONSTRAINT rate_limit_buckets_workspace_id_bucket_id_pk PRIMARY KEY (workspace_id, bucket_id)
);
ALTER TABLE rate_limit_buckets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON rate_limit_buckets FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE redemptions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  reward_id uuid NOT NULL,
  grant_id uuid,
  stocked boolean NOT NULL,
  status text NOT NULL,
  issued_at timestamp(3) with time zone NOT NULL,
  confirmed_at timestamp(3) with time zone,
  cancelled_at timestamp(3) with time zone,
  proof_expires_at timestamp(3) with time zone NOT NULL,
  expiration_told_at timestamp(3) with time zone,
  CONSTRAINT redemptions_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT redemptions_workspace_id_customer_id_customers_workspace_id_id_ FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  CONSTRAINT redemptions_workspace_id_reward_id_rewards_workspace_id_id_fk FOREIGN KEY (workspace_id, reward_id) REFERENCES rewards(workspace_id, id),
  CONSTRAINT redemptions_status_check CHECK ((status = ANY (ARRAY['ISSUED'::text, 'CONFIRMED'::text, 'CANCELLED'::text])))
);
CREATE INDEX redemptions_customer_idx ON redemptions USING btree (workspace_id, customer_id, reward_id);
CREATE INDEX redemptions_expiration_idx ON redemptions USING btree (workspace_id, proof_expires_at) WHERE status = 'ISSUED'::text AND expiration_told_at IS NULL;
ALTER TABLE redemptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON redemptions FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE reward_grants (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  reward_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  stocked boolean NOT NULL,
  granted_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  redemption_id uuid,
  revoked_at timestamp(3) with time zone,
  revoked_by uuid,
  expiry_noticed_at timestamp(3) with time zone,
  expiration_told_at timestamp(3) with time zone,
  CONSTRAINT reward_grants_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT reward_grants_workspace_id_customer_id_customers_workspace_id_i FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  CONSTRAINT reward_grants_workspace_id_reward_id_rewards_workspace_id_id_fk FOREIGN KEY (workspace_id, reward_id) REFERENCES rewards(workspace_id, id)
);
CREATE INDEX reward_grants_customer_idx ON reward_grants USING btree (workspace_id, customer_id, id);
CREATE INDEX reward_grants_expiration_idx ON reward_grants USING btree (workspace_id, expires_at) WHERE redemption_id IS NULL AND revoked_at IS NULL AND expiration_told_at IS NULL AND expires_at < 'infinity'::timestamp with time zone;
CREATE INDEX reward_grants_notice_idx ON reward_grants USING btree (workspace_id, expires_at) WHERE redemption_id IS NULL AND revoked_at IS NULL AND expiration_told_at IS NULL AND expiry_noticed_at IS NULL AND expires_at < 'infinity'::timestamp with time zone;
CREATE INDEX reward_grants_revoked_by_idx ON reward_grants USING btree (workspace_id, revoked_by);
CREATE INDEX reward_grants_transaction_idx ON reward_grants USING btree (workspace_id, transaction_id);
ALTER TABLE reward_grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON reward_grants FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE reward_stocks (
  workspace_id uuid NOT NULL,
  reward_id uuid NOT NULL,
  remaining integer NOT NULL,
  filled_to integer NOT NULL,
  CONSTRAINT reward_stocks_workspace_id_reward_id_pk PRIMARY KEY (workspace_id, reward_id),
  CONSTRAINT reward_stocks_workspace_id_reward_id_rewards_workspace_id_id_fk FOREIGN KEY (workspace_id, reward_id) REFERENCES rewards(workspace_id, id),
  CONSTRAINT reward_stocks_remaining_check CHECK ((remaining >= 0))
);
ALTER TABLE reward_stocks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON reward_stocks FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE rewards (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  description text,
  status text NOT NULL,
  card_definition_id uuid NOT NULL,
  cost bigint NOT NULL,
  stocked boolean NOT NULL,
  limits jsonb NOT NULL,
  tier_ids uuid[] NOT NULL,
  condition text,
  valid_from timestamp(3) with time zone,
  valid_until timestamp(3) with time zone,
  proof_valid_minutes integer NOT NULL,
  trigger jsonb,
  grant_validity jsonb,
  default_locale text NOT NULL,
  receipts jsonb NOT NULL,
  metadata jsonb NOT NULL,
  active_periods jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  key text NOT NULL,
  CONSTRAINT rewards_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT rewards_workspace_id_card_definition_id_card_definitions_worksp FOREIGN KEY (workspace_id, card_definition_id) REFERENCES card_definitions(workspace_id, id),
  CONSTRAINT rewards_cost_check CHECK ((cost >= 0)),
  CONSTRAINT rewards_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'INACTIVE'::text, 'DELETED'::text])))
);
CREATE UNIQUE INDEX rewards_key_idx ON rewards USING btree (workspace_id, key) WHERE status <> 'DELETED'::text;
ALTER TABLE rewards ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON rewards FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE signing_keys (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  public_jwk jsonb NOT NULL,
  sealed_private_key bytea,
  created_at timestamp(3) with time zone NOT NULL,
  retired_at timestamp(3) with time zone,
  CONSTRAINT signing_keys_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT signing_keys_private_check CHECK (((retired_at IS NULL) = (sealed_private_key IS NOT NULL)))
);
CREATE UNIQUE INDEX signing_keys_current_key ON signing_keys USING btree (workspace_id) WHERE retired_at IS NULL;
ALTER TABLE signing_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON signing_keys FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE tier_structures (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  status text NOT NULL,
  card_definition_id uuid,
  point_earned jsonb,
  expiration jsonb NOT NULL,
  downgrade jsonb NOT NULL,
  metadata jsonb NOT NULL,
  active_periods jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  entry_award_scope text DEFAULT 'REACHED'::text NOT NULL,
  entry_award_on_refund text DEFAULT 'KEEP'::text NOT NULL,
  draft_of uuid,
  revision integer DEFAULT 1 NOT NULL,
  revision_effective_at timestamp(3) with time zone,
  revision_rollout text DEFAULT 'NEXT_JUDGEMENT'::text NOT NULL,
  former_revisions jsonb DEFAULT '[]'::jsonb NOT NULL,
  key text NOT NULL,
  CONSTRAINT tier_structures_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT tier_structures_workspace_id_card_definition_id_card_definition FOREIGN KEY (workspace_id, card_definition_id) REFERENCES card_definitions(workspace_id, id),
  CONSTRAINT tier_structures_point_earned_check CHECK (((type = 'POINT_EARNED'::text) = (point_earned IS NOT NULL))),
  CONSTRAINT tier_structures_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'INACTIVE'::text, 'DELETED'::text])))
);
CREATE INDEX tier_structures_created_at_idx ON tier_structures USING btree (workspace_id, created_at, id);
CREATE UNIQUE INDEX tier_structures_key_idx ON tier_structures USING btree (workspace_id, key) WHERE draft_of IS NULL AND status <> 'DELETED'::text;
CREATE INDEX tier_structures_name_idx ON tier_structures USING btree (workspace_id, name, id);
ALTER TABLE tier_structures ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON tier_structures FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE tier_transitions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  transaction_id uuid,
  type text NOT NULL,
  from_tier_id uuid,
  to_tier_id uuid,
  reason text NOT NULL,
  measure bigint NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  late boolean NOT NULL,
  retraction boolean NOT NULL,
  occurred_at timestamp(3) with time zone NOT NULL,
  recorded_at timestamp(3) with time zone NOT NULL,
  operation_id uuid,
  CONSTRAINT tier_transitions_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT tier_transitions_workspace_id_customer_id_customers_workspace_i FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id)
);
CREATE INDEX tier_transitions_customer_idx ON tier_transitions USING btree (workspace_id, customer_id, id);
CREATE INDEX tier_transitions_transaction_idx ON tier_transitions USING btree (workspace_id, transaction_id);
ALTER TABLE tier_transitions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON tier_transitions FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON tier_transitions FROM CURRENT_USER;

CREATE TABLE tiers (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  name text NOT NULL,
  min_points bigint NOT NULL,
  max_points bigint,
  no_downgrade boolean NOT NULL,
  metadata jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  entry_award jsonb,
  point_expiration jsonb,
  origin_id uuid,
  removed_at timestamp(3) with time zone,
  key text NOT NULL,
  CONSTRAINT tiers_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT tiers_workspace_id_structure_id_tier_structures_workspace_id_id FOREIGN KEY (workspace_id, structure_id) REFERENCES tier_structures(workspace_id, id),
  CONSTRAINT tiers_range_check CHECK (((min_points >= 0) AND (max_points >= min_points)))
);
CREATE UNIQUE INDEX tiers_key_idx ON tiers USING btree (workspace_id, structure_id, key) WHERE removed_at IS NULL;
CREATE INDEX tiers_structure_idx ON tiers USING btree (workspace_id, structure_id);
ALTER TABLE tiers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON tiers FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE transactions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  source text NOT NULL,
  reference text,
  amount numeric NOT NULL,
  currency text NOT NULL,
  location text,
  lines jsonb NOT NULL,
  awards jsonb NOT NULL,
  occurred_at timestamp(3) with time zone NOT NULL,
  recorded_at timestamp(3) with time zone NOT NULL,
  sequence integer DEFAULT 0 NOT NULL,
  CONSTRAINT transactions_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT transactions_reference_key UNIQUE (workspace_id, source, reference),
  CONSTRAINT transactions_workspace_id_customer_id_customers_workspace_id_id FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  CONSTRAINT transactions_amount_check CHECK ((amount >= (0)::numeric))
);
ALTER TABLE transactions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON transactions FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
REVOKE UPDATE, DELETE, TRUNCATE ON transactions FROM CURRENT_USER;

CREATE TABLE webhook_attempts (
  workspace_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  started_at timestamp(3) with time zone NOT NULL,
  latency_ms integer NOT NULL,
  status_code integer,
  error text,
  response_start text NOT NULL,
  CONSTRAINT webhook_attempts_workspace_id_delivery_id_id_pk PRIMARY KEY (workspace_id, delivery_id, id)
);
ALTER TABLE webhook_attempts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON webhook_attempts FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE webhook_deliveries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  event_type text NOT NULL,
  customer_id uuid,
  log_position bigint,
  log_number integer,
  status text NOT NULL,
  test boolean NOT NULL,
  ordered boolean NOT NULL,
  attempt_count integer DEFAULT 0 NOT NULL,
  round_attempts integer DEFAULT 0 NOT NULL,
  round_started_at timestamp(3) with time zone,
  next_attempt_at timestamp(3) with time zone,
  last_status_code integer,
  last_error text,
  replayed_at timestamp(3) with time zone,
  completed_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT webhook_deliveries_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'SUCCEEDED'::text, 'FAILED'::text, 'CANCELLED'::text])))
);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries USING btree (workspace_id, endpoint_id, next_attempt_at) WHERE status = 'PENDING'::text;
CREATE INDEX webhook_deliveries_endpoint_idx ON webhook_deliveries USING btree (workspace_id, endpoint_id, id);
CREATE UNIQUE INDEX webhook_deliveries_event_key ON webhook_deliveries USING btree (workspace_id, event_id, endpoint_id);
CREATE INDEX webhook_deliveries_failed_idx ON webhook_deliveries USING btree (workspace_id, id) WHERE status = 'FAILED'::text;
CREATE INDEX webhook_deliveries_ordered_idx ON webhook_deliveries USING btree (workspace_id, endpoint_id, customer_id, log_position, log_number) WHERE ordered AND status = 'PENDING'::text;
ALTER TABLE webhook_deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON webhook_deliveries FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE webhook_endpoint_states (
  workspace_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  log_position bigint NOT NULL,
  log_number integer NOT NULL,
  failures integer DEFAULT 0 NOT NULL,
  failing_since timestamp(3) with time zone,
  pauses integer DEFAULT 0 NOT NULL,
  paused_until timestamp(3) with time zone,
  notice_at timestamp(3) with time zone,
  tokens double precision DEFAULT 0 NOT NULL,
  tokens_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT webhook_endpoint_states_workspace_id_endpoint_id_pk PRIMARY KEY (workspace_id, endpoint_id)
);
ALTER TABLE webhook_endpoint_states ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON webhook_endpoint_states FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE webhook_endpoints (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  url text NOT NULL,
  description text,
  event_types jsonb NOT NULL,
  filter text,
  rate_per_second integer,
  ordered boolean NOT NULL,
  status text NOT NULL,
  status_reason text,
  status_changed_at timestamp(3) with time zone NOT NULL,
  sealed bytea NOT NULL,
  custom_header_names jsonb NOT NULL,
  secret_created_at timestamp(3) with time zone NOT NULL,
  previous_secret_expires_at timestamp(3) with time zone,
  metadata jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  CONSTRAINT webhook_endpoints_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT webhook_endpoints_status_check CHECK ((status = ANY (ARRAY['ENABLED'::text, 'PAUSED'::text, 'DISABLED'::text, 'DELETED'::text]))),
  CONSTRAINT webhook_endpoints_status_reason_check CHECK ((status_reason = ANY (ARRAY['REQUESTED'::text, 'FAILING'::text, 'GONE'::text])))
);
ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON webhook_endpoints FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE webhook_replays (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  from_at timestamp(3) with time zone NOT NULL,
  to_at timestamp(3) with time zone NOT NULL,
  scope text NOT NULL,
  log_position bigint NOT NULL,
  log_number integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  completed_at timestamp(3) with time zone,
  CONSTRAINT webhook_replays_workspace_id_id_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT webhook_replays_scope_check CHECK ((scope = ANY (ARRAY['FAILED'::text, 'ALL'::text])))
);
CREATE INDEX webhook_replays_endpoint_idx ON webhook_replays USING btree (workspace_id, endpoint_id) WHERE completed_at IS NULL;
ALTER TABLE webhook_replays ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON webhook_replays FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));

CREATE TABLE workspaces (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  time_zone text NOT NULL,
  mode text NOT NULL,
  configuration_version bigint NOT NULL,
  structures_changed_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone,
  clock_frozen_at timestamp(3) with time zone,
  backdating_days integer DEFAULT 36500 NOT NULL,
  event_retention_days integer DEFAULT 90 NOT NULL,
  notice_days integer DEFAULT 0 NOT NULL,
  CONSTRAINT workspaces_workspace_id_pk PRIMARY KEY (workspace_id),
  CONSTRAINT workspaces_mode_check CHECK ((mode = ANY (ARRAY['LIVE'::text, 'SANDBOX'::text])))
);
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_due_work ON workspaces FOR SELECT TO PUBLIC USING ((current_setting('voilatier.pass'::text, true) = 'due_work'::text));
CREATE POLICY own_workspace ON workspaces FOR ALL TO PUBLIC USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid));
