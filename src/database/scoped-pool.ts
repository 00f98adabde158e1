/**
 * Connections that see one workspace's rows, or what a pass opens, or nothing: PostgreSQL itself holds to that by
 * the policies of the tables, which look at two settings of the connection. A connection that is handed out is told
 * first in which scope it acts, in the same round trip as the first statement, unless it was in that scope before.
 */
import pg from 'pg';

/** What the policies of the tables look at. Empty text stands for none. */
export interface Scope {
  readonly workspaceId: string;
  /** What is opened in all workspaces: see the policies beside `own_workspace`. */
  readonly pass: string;
}

/** No workspace and no pass: no row of any table with workspaces' rows is seen. */
export const NO_SCOPE: Scope = { workspaceId: '', pass: '' };

/** A connection, and the word of PostgreSQL that it is in its scope; null if it was in it before. */
export interface ScopedClient {
  readonly client: pg.PoolClient;
  /** Nothing that the connection has answered may be used unless this resolves. */
  readonly entered: Promise<unknown> | null;
}

const ENTER = {
  name: 'enter_scope',
  text: "SELECT set_config('voilatier.workspace_id', $1, false), set_config('voilatier.pass', $2, false)",
};

export class ScopedPool extends pg.Pool {
  readonly #scopes = new WeakMap<pg.PoolClient, Scope>();

  constructor(options: pg.PoolConfig) {
    super(options);
    // The pool listens for errors on idle connections only. A connection lost while it is used fails what is asked
    // of it next; the event itself must not end the process.
    this.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Whoever takes a connection without naming a scope gets one that sees nothing. */
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const outside = this.#connectOutside();
    if (callback === undefined) return outside;
    outside.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error: unknown) => callback(error as Error, undefined, () => undefined),
    );
  }

  /** A connection that acts in the scope. Statements may be sent at once. */
  async enter(scope: Scope): Promise<ScopedClient> {
    const client = await super.connect();
    const before = this.#scopes.get(client) ?? NO_SCOPE;
    if (before.workspaceId === scope.workspaceId && before.pass === scope.pass) return { client, entered: null };
    this.#scopes.set(client, scope);
    const entered = client.query({ ...ENTER, values: [scope.workspaceId, scope.pass] }).catch((error: unknown) => {
      // What is sent behind it would act in the scope of whoever had the connection before.
      void client.end();
      throw error;
    });
    return { client, entered };
  }

  async #connectOutside(): Promise<pg.PoolClient> {
    const { client, entered } = await this.enter(NO_SCOPE);
    try {
      await entered;
    } catch (error) {
      client.release(true);
      throw error;
    }
    return client;
  }
}

type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: boolean | Error) => void) => void;
