import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Costs, DOCUMENT_COST_MAX, costExceeded } from './cost.ts';
import type { Variables } from './cost-inputs.ts';
import type { RequestError } from './errors.ts';
import type { RequestLimits } from './rate-limiter.ts';

/** Holds every operation, on every API, to what it may cost and to the limits of whoever asks for it. */

/** Whoever executes a document must know the viewer's limits. */
export interface MeteredContext {
  /** Null without a valid API key: then nothing but introspection is answered, and nobody's points are spent. */
  readonly limits: RequestLimits | null;
  readonly answer: { readonly headers: Map<string, string>; readonly extensions: Record<string, unknown> };
}

export interface MeteredOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Variables;
  readonly context: MeteredContext;
}

export class CostMeter {
  readonly #costs: Costs;

  constructor(schema: GraphQLSchema) {
    this.#costs = new Costs(schema);
  }

  /** Carries the operation out if it may cost that much and is admitted; otherwise answers why not. */
  async run(asked: MeteredOperation, execute: () => Promise<ExecutionResult> | ExecutionResult): Promise<ExecutionResult> {
    const { variables, context } = asked;
    const { limits, answer } = context;
    const plan = this.#costs.planOf(asked.document, asked.operation);
    const requestedCost = plan.bound(variables);
    const maximumCost = limits?.maximumCost ?? DOCUMENT_COST_MAX;
    if (requestedCost > maximumCost) {
      answer.extensions['cost'] = { requestedCost, actualCost: 0, maximumCost, ...throttleOf(limits) };
      return { errors: [costExceeded(requestedCost, maximumCost)] };
    }
    if (limits === null) return execute();
    // Only a request that must wait for a lease is worth a turn of the event loop.
    const charged = limits.charge(requestedCost);
    const refusal = charged instanceof Promise ? await charged : charged;
    let actualCost = 0;
    try {
      if (refusal !== null) return { errors: [refusal] };
      actualCost = requestedCost;
      const result = await execute();
      actualCost = plan.actual(result.data, variables);
      return result;
    } finally {
      if (refusal === null) limits.settle(actualCost);
      answer.extensions['cost'] = { requestedCost, actualCost, maximumCost, ...throttleOf(limits) };
    }
  }

  /**
   * Charges a subscription once, when it starts, with what its field and one event may cost; further events are free, as
   * how many there may be is limited otherwise. @returns why it is refused, or null
   */
  async admit({ document, operation, variables, context: { limits, answer } }: MeteredOperation): Promise<RequestError | null> {
    const requestedCost = this.#costs.planOf(document, operation).bound(variables);
    const maximumCost = limits?.maximumCost ?? DOCUMENT_COST_MAX;
    const told = (actualCost: number) => {
      answer.extensions['cost'] = { requestedCost, actualCost, maximumCost, ...throttleOf(limits) };
    };
    told(0);
    if (requestedCost > maximumCost) return costExceeded(requestedCost, maximumCost);
    const refusal = (await limits?.charge(requestedCost)) ?? null;
    if (refusal === null) limits?.settle(requestedCost);
    told(refusal === null ? requestedCost : 0);
    return refusal;
  }
}

function throttleOf(limits: RequestLimits | null): object {
  if (limits === null) return {};
  const { limit, remaining, restoreRate } = limits.workspace;
  const { apiKey } = limits;
  const key = apiKey === null ? null : { limit: apiKey.limit, remaining: apiKey.remaining, restoreRate: apiKey.restoreRate };
  return { throttle: { limit, remaining, restoreRate, ...(key === null ? {} : { apiKey: key }) } };
}
