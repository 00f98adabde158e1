import pg from 'pg';

/**
 * Counts the SQL statements that this process sends while `work` runs, those that open and close transactions included, but
 * not those by which it renews its leases of rate limits in the background, nor what rides in front of a statement to tell
 * PostgreSQL the workspace: whether that is needed depends on who had the connection before.
 */
export async function countStatements<Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const result = await watchQueries((text, answered) => {
    if (!isBeside(text)) statements.push(text);
    return answered;
  }, work);
  return { result, statements };
}

/** Counts the rows that this process reads by statements that name the table while `work` runs. */
export async function countRows<Result>(table: string, work: () => Promise<Result>): Promise<{ result: Result; rows: number }> {
  let rows = 0;
  const result = await watchQueries((text, answered) => {
    if (!text.includes(table)) return answered;
    return (answered as Promise<pg.QueryResult>).then((answer) => {
      rows += answer.rows.length;
      return answer;
    });
  }, work);
  return { result, rows };
}

/** Shows each statement that this process sends while `work` runs, with what it is answered; what is given back is answered instead. */
async function watchQueries<Result>(watch: (text: string, answered: unknown) => unknown, work: () => Promise<Result>): Promise<Result> {
  const { prototype } = pg.Client;
  // Pools, transactions and Drizzle all send their statements through here.
  const query = Object.getOwnPropertyDescriptor(prototype, 'query')!;
  const send = query.value as (...parts: unknown[]) => unknown;
  Object.defineProperty(prototype, 'query', {
    ...query,
    value(this: unknown, ...parts: unknown[]) {
      const [statement] = parts as [string | { text: string }];
      return watch(typeof statement === 'string' ? statement : statement.text, send.apply(this, parts));
    },
  });
  try {
    return await work();
  } finally {
    Object.defineProperty(prototype, 'query', query);
  }
}

/** Leaves out the look-up of the key, which comes whenever trust in it runs out. */
export async function countWork<Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> {
  const { result, statements } = await countStatements(work);
  return { result, statements: statements.filter((statement) => !statement.includes('"api_keys"')) };
}

function isBeside(text: string): boolean {
  return text.includes('rate_limit_buckets') || text.includes("set_config('voilatier.workspace_id'");
}
