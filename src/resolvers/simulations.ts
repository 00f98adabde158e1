import type { SimulationEvent } from '../commands/simulations.ts';
import { SIMULATION_SAMPLES_MAX, tierStructureSimulate } from '../commands/simulations.ts';
import type { FlowOfProposal, Simulation } from '../domain/simulation.ts';
import { countsByTier, tierOfProposal } from '../domain/simulation.ts';
import type { Resolvers, SubscriptionResolvers } from '../generated/resolvers-types.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { RequestError } from '../platform/errors.ts';
import { fromPublicId } from '../platform/ids.ts';
import { toChanges, toTierRule } from '../platform/tier-inputs.ts';

const Subscription: Pick<SubscriptionResolvers, 'tierStructureSimulate'> = {
  tierStructureSimulate: {
    subscribe: (_, { input, rollout, samples }, { services, database, viewer }) => {
      if (samples < 0 || samples > SIMULATION_SAMPLES_MAX) {
        throw new RequestError('BAD_USER_INPUT', `Samples are 0 to ${SIMULATION_SAMPLES_MAX}.`, { field: ['samples'], httpStatus: 400 });
      }
      const tried = input.draft ? writtenOut(input.draft) : { id: fromPublicId('TierStructure', input.id ?? '') };
      return tierStructureSimulate(services.runner, database, viewer.workspaceId, tried, { rollout, samples });
    },
    resolve: ({ progress, simulation, problems }: SimulationEvent) => ({ progress, simulation, userErrors: problems }),
  },
};

type WrittenOut = NonNullable<Parameters<Extract<SubscriptionResolvers['tierStructureSimulate'], { subscribe: unknown }>['subscribe']>[1]['input']['draft']>;

function writtenOut({ tierStructureId, tiers, ...rules }: WrittenOut) {
  const structureId = typeof tierStructureId === 'string' ? fromPublicId('TierStructure', tierStructureId) : undefined;
  return { structureId, rules: { changes: toChanges(rules), tiers: tiers?.map(toTierRule) ?? null } };
}

const tierStructureSimulation: CompleteResolvers<NonNullable<Resolvers['TierStructureSimulation']>, Simulation> = {
  at: ({ proposal }) => proposal.at,
  rollout: ({ proposal }) => proposal.rollout,
  membersMoved: ({ flows }) =>
    flows.filter(({ fromTierId, toTierId }) => fromTierId !== toTierId).reduce((sum, { members }) => sum + members, 0),
  tiers: (simulation) => countsByTier(simulation),
  flows: ({ proposal, flows }) => flows.map((flow) => ({ ...flow, proposal })),
};

const simulatedFlow: CompleteResolvers<NonNullable<Resolvers['SimulatedFlow']>, FlowOfProposal> = {
  from: ({ proposal, fromTierId }) => tierOfProposal(proposal, fromTierId),
  to: ({ proposal, toTierId }) => tierOfProposal(proposal, toTierId),
  samples: ({ sampleIds }, _, { loaders }) => Promise.all(sampleIds.map((id) => loadReferred(loaders.customers.customer, id))),
};

export const simulationResolvers = {
  Subscription,
  TierStructureSimulation: tierStructureSimulation,
  SimulatedFlow: simulatedFlow,
};
