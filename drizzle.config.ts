import { defineConfig } from 'drizzle-kit';

/** For `npm run db:generate`, which writes a migration for what changed in the tables. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/database/tables/*.ts',
  out: './drizzle',
});
