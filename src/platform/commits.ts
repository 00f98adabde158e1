/** Whose commit it was: this process's, or that of another one that told of it. */
export type Committer = 'THIS_PROCESS' | 'ANOTHER';

type Listener = (workspaceId: string, committer: Committer) => void;

/** Who waits for events is told here of those that were committed, and need not look for them. */
export class Commits {
  readonly #listeners = new Set<Listener>();

  /** @returns ends it */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(workspaceId: string, committer: Committer = 'THIS_PROCESS'): void {
    for (const listener of this.#listeners) listener(workspaceId, committer);
  }
}
