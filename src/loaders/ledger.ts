import type { PageRequest } from '../database/paging.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Award } from '../domain/purchases.ts';
import type { Program } from '../domain/program.ts';
import { LedgerRepository } from '../repositories/ledger.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { Standing } from './customers.ts';
import type { LoaderSource } from './source.ts';

/** An award, with the configuration where a command has just given it; otherwise its rule is loaded. */
export interface AwardView extends Award {
  readonly program?: Program;
}

/** An entry, with the customer's standing where a command has just made it; otherwise it is loaded. */
export interface LedgerEntryView extends LedgerEntry {
  readonly standing?: Standing;
}

export function createLedgerLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new LedgerRepository(database.db, workspaceId);
  return {
    transaction: loadById((ids) => repository.transactionsByIds(ids)),
    transactionByReference: async (reference: { readonly source: string; readonly reference: string }) =>
      (await repository.transactionsByReferences([reference]))[0] ?? null,
    ledgerEntry: loadById((ids) => repository.entriesByIds(ids)),
    cardOwner: loadByKey((cardIds) => repository.cardOwners(cardIds)),
    customerLedgerEntries: loadPages((customerIds, page: PageRequest) => repository.entryPagesOfCustomers(customerIds, page)),
    cardLedgerEntries: loadPages((cardIds, page: PageRequest) => repository.entryPagesOfCards(cardIds, page)),
  };
}
