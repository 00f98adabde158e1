import { createAuditLoaders } from './audit.ts';
import { createCardLoaders } from './cards.ts';
import { createCustomerLoaders } from './customers.ts';
import { createEarningLoaders } from './earning.ts';
import { createEventLoaders } from './events.ts';
import { createLedgerLoaders } from './ledger.ts';
import { createOperationLoaders } from './operations.ts';
import { createRewardLoaders } from './rewards.ts';
import { createSigningKeyLoaders } from './signing-keys.ts';
import type { LoaderSource } from './source.ts';
import { createStructureLoaders } from './structures.ts';
import { createVerificationLoaders } from './verification.ts';
import { createWebhookLoaders } from './webhooks.ts';
import { createWorkspaceLoaders } from './workspaces.ts';

/**
 * All loaders of one request. They remember what they read until a command of the request changes
 * something. Each group is made when it is first asked for: most requests need one or two.
 */
export class Loaders {
  readonly #source: LoaderSource;
  #workspaces?: ReturnType<typeof createWorkspaceLoaders>;
  #cards?: ReturnType<typeof createCardLoaders>;
  #structures?: ReturnType<typeof createStructureLoaders>;
  #earning?: ReturnType<typeof createEarningLoaders>;
  #customers?: ReturnType<typeof createCustomerLoaders>;
  #ledger?: ReturnType<typeof createLedgerLoaders>;
  #operations?: ReturnType<typeof createOperationLoaders>;
  #events?: ReturnType<typeof createEventLoaders>;
  #rewards?: ReturnType<typeof createRewardLoaders>;
  #audit?: ReturnType<typeof createAuditLoaders>;
  #verification?: ReturnType<typeof createVerificationLoaders>;
  #signingKeys?: ReturnType<typeof createSigningKeyLoaders>;
  #webhooks?: ReturnType<typeof createWebhookLoaders>;

  constructor(source: LoaderSource) {
    this.#source = source;
  }

  get workspaces() {
    return (this.#workspaces ??= createWorkspaceLoaders(this.#source));
  }

  get cards() {
    return (this.#cards ??= createCardLoaders(this.#source));
  }

  get structures() {
    return (this.#structures ??= createStructureLoaders(this.#source));
  }

  get earning() {
    return (this.#earning ??= createEarningLoaders(this.#source));
  }

  get customers() {
    return (this.#customers ??= createCustomerLoaders(this.#source));
  }

  get ledger() {
    return (this.#ledger ??= createLedgerLoaders(this.#source));
  }

  get operations() {
    return (this.#operations ??= createOperationLoaders(this.#source));
  }

  get events() {
    return (this.#events ??= createEventLoaders(this.#source));
  }

  get rewards() {
    return (this.#rewards ??= createRewardLoaders(this.#source));
  }

  get audit() {
    return (this.#audit ??= createAuditLoaders(this.#source));
  }

  get verification() {
    return (this.#verification ??= createVerificationLoaders(this.#source));
  }

  get signingKeys() {
    return (this.#signingKeys ??= createSigningKeyLoaders(this.#source));
  }

  get webhooks() {
    return (this.#webhooks ??= createWebhookLoaders(this.#source));
  }
}
