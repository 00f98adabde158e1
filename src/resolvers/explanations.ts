import type { ExpirationStep, ExplanationStep, MeasureStep, TierExplanation, TierJudgement } from '../domain/explanations.ts';
import { explainJudgements } from '../domain/explanations.ts';
import type { EntryAwardStep } from '../domain/entry-explanations.ts';
import { finiteInstant } from '../domain/time.ts';
import type { Resolvers } from '../generated/resolvers-types.ts';
import type { AllocationStepView, PointExpirationStepView, PointsExpiredStepView } from '../loaders/explanations.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { PAGE_SIZE_MAX } from '../platform/paging.ts';
import { RequestError } from '../platform/errors.ts';

const tierExplanation: CompleteResolvers<NonNullable<Resolvers['TierExplanation']>, TierExplanation> = {
  tierStructure: ({ structure }) => structure,
  judgementCount: ({ traces }) => traces.length,
  judgements: (explanation, { last }) => {
    if (last >= 1 && last <= PAGE_SIZE_MAX) return explainJudgements(explanation, last);
    throw new RequestError('INVALID_PAGE', `A page has 1 to ${PAGE_SIZE_MAX} items.`, { field: ['last'] });
  },
};

const tierJudgement: CompleteResolvers<NonNullable<Resolvers['TierJudgement']>, TierJudgement> = {
  windowStartsAt: ({ window }) => window?.start ?? null,
  windowEndsAt: ({ window }) => window?.end ?? null,
  steps: ({ steps }) => steps.map(namedStep),
};

function namedStep(step: ExplanationStep) {
  switch (step.rule) {
    case 'MEASURE':
      return { __typename: 'MeasureStep' as const, ...step };
    case 'THRESHOLD':
      return { __typename: 'ThresholdStep' as const, ...step };
    case 'TRACKING':
      return { __typename: 'TrackingStep' as const, ...step };
    case 'EXPIRATION':
      return { __typename: 'ExpirationStep' as const, ...step };
    case 'DOWNGRADE':
      return { __typename: 'DowngradeStep' as const, ...step };
    case 'GRACE':
      return { __typename: 'GraceStep' as const, ...step };
  }
}

const measureStep: CompleteResolvers<NonNullable<Resolvers['MeasureStep']>, MeasureStep> = {
  windowStartsAt: ({ window }) => window?.start ?? null,
  windowEndsAt: ({ window }) => window?.end ?? null,
};

const expirationStep: CompleteResolvers<NonNullable<Resolvers['ExpirationStep']>, ExpirationStep> = {
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const pointExpirationStep: CompleteResolvers<NonNullable<Resolvers['PointExpirationStep']>, PointExpirationStepView> = {
  expiresOn: ({ expiresAt, program }) => program.calendar.lastDayBefore(expiresAt),
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const pointsExpiredStep: CompleteResolvers<NonNullable<Resolvers['PointsExpiredStep']>, PointsExpiredStepView> = {
  lastDay: ({ expiredAt, program }) => program.calendar.dayAt(expiredAt - 1).date,
};

const allocationStep: CompleteResolvers<NonNullable<Resolvers['AllocationStep']>, AllocationStepView> = {
  allocations: ({ allocations, program }) => allocations.map((allocation) => ({ ...allocation, program })),
};

const entryAwardStep: CompleteResolvers<NonNullable<Resolvers['EntryAwardStep']>, EntryAwardStep> = {
  tierStructure: ({ structure }) => structure,
  revision: ({ revision }) => revision.number,
};

export const explanationResolvers = {
  TierExplanation: tierExplanation,
  TierJudgement: tierJudgement,
  MeasureStep: measureStep,
  ExpirationStep: expirationStep,
  PointExpirationStep: pointExpirationStep,
  PointsExpiredStep: pointsExpiredStep,
  AllocationStep: allocationStep,
  EntryAwardStep: entryAwardStep,
};
