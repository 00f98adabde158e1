-- Plans are made once for all workspaces, and for as many rows as one has on average. Where most are small, PostgreSQL would read all of a
-- large one rather than look up a few keys. So it is told of at most 100 workspaces: then a plan is made for the share of the
-- largest, up to a hundredth of the table.
DO $$
DECLARE
  own regclass;
BEGIN
  FOR own IN
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN workspace_id SET (n_distinct = 100)', own);
  END LOOP;
END $$;
--> statement-breakpoint
ANALYZE;
