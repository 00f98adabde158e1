import { createCardLoaders } from './cards.ts';
import { createCustomerLoaders } from './customers.ts';
import { createEarningLoaders } from './earning.ts';
import { createLedgerLoaders } from './ledger.ts';
import type { LoaderSource } from './source.ts';
import { createStructureLoaders } from './structures.ts';
import { createWorkspaceLoaders } from './workspaces.ts';

/** All loaders of one request. They remember what they read until a command of the request changes something. */
export function createLoaders(source: LoaderSource) {
  return {
    ...createWorkspaceLoaders(source),
    ...createCardLoaders(source),
    ...createStructureLoaders(source),
    ...createEarningLoaders(source),
    ...createCustomerLoaders(source),
    ...createLedgerLoaders(source),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
