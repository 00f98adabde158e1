-- Where there are two policies, each row is held to both: the settings are read once for a statement, not once for each row.
ALTER POLICY own_workspace ON "customers" USING (workspace_id = (SELECT nullif(current_setting('voilatier.workspace_id', true), '')::uuid));
--> statement-breakpoint
ALTER POLICY all_due_work ON "customers" USING ((SELECT current_setting('voilatier.pass', true)) = 'due_work');
