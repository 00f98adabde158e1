import pg from 'pg';

/** Counts the SQL statements that this process sends while `work` runs, those that open and close transactions included. */
export async function countStatements<Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const { prototype } = pg.Client;
  // Pools, transactions and Drizzle all send their statements through here.
  const query = Object.getOwnPropertyDescriptor(prototype, 'query')!;
  const send = query.value as (...parts: unknown[]) => unknown;
  Object.defineProperty(prototype, 'query', {
    ...query,
    value(this: unknown, ...parts: unknown[]) {
      const [statement] = parts as [string | { text: string }];
      statements.push(typeof statement === 'string' ? statement : statement.text);
      return send.apply(this, parts);
    },
  });
  try {
    return { result: await work(), statements };
  } finally {
    Object.defineProperty(prototype, 'query', query);
  }
}
