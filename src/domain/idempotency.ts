/** What is kept under an idempotency key: the objects that the command answered with, by their plain ids. */
export type IdempotentResult = Readonly<Record<string, string | boolean>>;
