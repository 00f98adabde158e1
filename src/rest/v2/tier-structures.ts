import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { documents } from '../../generated/rest-v2.ts';
import { presentedKey } from '../../platform/auth.ts';
import type { RestPipeline } from '../execute.ts';
import { executeDocument, userErrorProblem } from '../execute.ts';
import { InputError } from '../input.ts';
import type { RestProblem } from '../problems.ts';
import { sendProblem } from '../problems.ts';
import type { TierStructureFields } from './answer.ts';
import { toTierStructure, toTierStructureList, toTimestamp } from './answer.ts';
import { bodyFieldOf, toCreateInput, toUpdateInput } from './body.ts';
import { CURSOR_LIFETIME_MS, openCursor, sealCursor } from './cursors.ts';
import { openApiV2 } from './openapi.ts';
import { parameterOf, parseListQuery } from './query.ts';

/**
 * The routes under `/v2/loyalties/tier-structures`. Each executes its document in `schema/rest/v2/`; what is here only
 * translates between the documented bodies and parameters and the contract of GraphQL.
 */

const COLLECTION = '/loyalties/tier-structures';
const ONE = `${COLLECTION}/:id`;

/** A cursor that no list has: the list itself refuses it, after it has asked who calls. */
const NO_CURSOR = '';

/** @param scope with the prefix `/v2` */
export function registerTierStructures(scope: FastifyInstance, pipeline: RestPipeline): void {
  const description = JSON.stringify(openApiV2(pipeline.publicUrl));
  scope.get('/openapi.json', (_request, reply) => reply.header('content-type', JSON_CONTENT_TYPE).send(description));

  scope.get(COLLECTION, (request, reply) => list(pipeline, request, reply));
  scope.get(ONE, (request, reply) => get(pipeline, request, reply));
  scope.post(
    COLLECTION,
    mutation(pipeline, documents.TierStructureCreate, ({ body }) => toCreateInput(body)),
  );
  scope.put(
    ONE,
    mutation(pipeline, documents.TierStructureUpdate, (request) => toUpdateInput(request.body, idOf(request))),
  );
  scope.delete(ONE, mutation(pipeline, documents.TierStructureDelete, toStepInput));
  scope.post(`${ONE}/activate`, mutation(pipeline, documents.TierStructureActivate, toStepInput));
  scope.post(`${ONE}/deactivate`, mutation(pipeline, documents.TierStructureDeactivate, toStepInput));
  scope.post(`${ONE}/draft`, mutation(pipeline, documents.TierStructureDraft, toStepInput));
}

async function list(pipeline: RestPipeline, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { cursor, filter, orderBy, first } = parseListQuery(queryOf(request));
  const context = await pipeline.context(request);
  const owner = { secret: presentedKey(request.headers)?.secret ?? '', list: [filter, orderBy] };
  const opened = cursor === null ? null : openCursor(cursor, context.now, owner);
  const after = typeof opened === 'string' ? NO_CURSOR : opened?.after;
  const variables = { filter, orderBy, first, ...(after === undefined ? {} : { after }) };
  const sameContext = { ...pipeline, context: () => Promise.resolve(context) };
  const execution = await executeDocument(
    sameContext,
    { request, reply },
    { document: documents.TierStructureList, variables },
    parameterOf,
  );
  if (!execution.ok) {
    const { problem } = execution;
    return refuse(
      pipeline,
      reply,
      problem.code === 'INVALID_CURSOR' ? { ...problem, detail: CURSOR_DETAILS[opened === 'EXPIRED' ? 'EXPIRED' : 'INVALID'] } : problem,
    );
  }
  const { nodes, pageInfo } = execution.value as TierStructurePage;
  const expiresAt = context.now + CURSOR_LIFETIME_MS;
  const next =
    pageInfo.hasNextPage && pageInfo.endCursor !== null
      ? { next: sealCursor(pageInfo.endCursor, expiresAt, owner), expires_at: toTimestamp(new Date(expiresAt).toISOString()) }
      : null;
  return answer(reply, toTierStructureList(nodes, next));
}

const CURSOR_DETAILS = {
  EXPIRED: 'The cursor has expired. Start again without it.',
  INVALID: 'The cursor was not given out to this API key for these filters and this order.',
};

async function get(pipeline: RestPipeline, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  refuseParameters(request);
  const variables = { id: idOf(request) };
  const execution = await executeDocument(
    pipeline,
    { request, reply },
    { document: documents.TierStructureGet, variables },
    (path) => path,
  );
  if (!execution.ok) return refuse(pipeline, reply, execution.problem);
  if (execution.value === null)
    return refuse(pipeline, reply, { code: 'NOT_FOUND', detail: 'There is no such tier structure.', field: ['id'] });
  return answer(reply, toTierStructure(execution.value as TierStructureFields));
}

function mutation(
  pipeline: RestPipeline,
  document: string,
  toInput: (request: FastifyRequest) => Readonly<Record<string, unknown>>,
): RouteHandlerMethod {
  return async (request, reply) => {
    refuseParameters(request);
    const variables = { input: toInput(request) };
    const execution = await executeDocument(pipeline, { request, reply }, { document, variables }, bodyFieldOf);
    if (!execution.ok) return refuse(pipeline, reply, execution.problem);
    if (execution.userErrors.length > 0) return refuse(pipeline, reply, userErrorProblem(execution.userErrors, bodyFieldOf));
    const { tierStructure } = execution.value as { readonly tierStructure: TierStructureFields };
    return answer(reply, toTierStructure(tierStructure));
  };
}

interface TierStructurePage {
  readonly nodes: readonly TierStructureFields[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A step takes no body; an empty object says as much. */
function toStepInput(request: FastifyRequest) {
  const { body } = request;
  const isEmpty =
    body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0);
  if (!isEmpty) throw new InputError('This address takes no body.', []);
  return { id: idOf(request) };
}

function refuseParameters(request: FastifyRequest): void {
  const [name] = Object.keys(request.query as object);
  if (name !== undefined) throw new InputError(`There is no parameter \`${name}\` here.`, [name]);
}

const idOf = ({ params }: FastifyRequest): string => (params as { readonly id: string }).id;

function queryOf({ url }: FastifyRequest): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
}

const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

function answer(reply: FastifyReply, body: object): FastifyReply {
  return reply.header('content-type', JSON_CONTENT_TYPE).send(JSON.stringify(body));
}

function refuse({ publicUrl }: RestPipeline, reply: FastifyReply, problem: RestProblem): FastifyReply {
  return sendProblem(reply, problem, publicUrl);
}
