import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RestPipeline } from './execute.ts';
import { executeDocument, userErrorProblem } from './execute.ts';
import type { InputObjects } from './input.ts';
import { InputError, toInputObject } from './input.ts';
import { toSnakeCase } from './names.ts';
import { shown } from './output.ts';
import { toParameter } from './parameters.ts';
import { sendProblem } from './problems.ts';
import type { RestRoute } from './table.ts';

/** Puts the routes of a generated table into a scope: each translates, executes its document, and translates back. */
export function registerRoutes(scope: FastifyInstance, routes: readonly RestRoute[], objects: InputObjects, pipeline: RestPipeline): void {
  for (const route of routes) {
    const nameOf = pathNamer(route);
    scope.route({
      method: route.method,
      url: fastifyPath(route.path).slice(scope.prefix.length),
      handler: (request, reply) => executeRoute({ route, objects, nameOf }, pipeline, request, reply),
    });
  }
}

/** `/v3/customers/{id}` is `/v3/customers/:id` for Fastify. */
const fastifyPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

interface ServedRoute {
  readonly route: RestRoute;
  readonly objects: InputObjects;
  readonly nameOf: PathNamer;
}

async function executeRoute(
  { route, objects, nameOf }: ServedRoute,
  pipeline: RestPipeline,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { document, status, shape } = route;
  const variables = () => readVariables(route, objects, request);
  const execution = await executeDocument(pipeline, { request, reply }, { document, variables }, nameOf);
  if (!execution.ok) return sendProblem(reply, execution.problem, pipeline.publicUrl);
  if (execution.userErrors.length > 0) return sendProblem(reply, userErrorProblem(execution.userErrors, nameOf), pipeline.publicUrl);
  const answer = shown(execution.value, shape);
  // What is of another kind than the route is about has none of its fields.
  if (answer === null || Object.keys(answer as object).length === 0) {
    return sendProblem(reply, { code: 'NOT_FOUND', detail: 'There is no such object in the workspace of your key.' }, pipeline.publicUrl);
  }
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer));
}

/** @throws InputError */
function readVariables(route: RestRoute, objects: InputObjects, request: FastifyRequest): Record<string, unknown> {
  const { pathParameters, queryParameters, body } = route;
  const variables: Record<string, unknown> = {};
  if (body !== null) {
    const object = objects[body.type];
    if (object === undefined) throw new Error(`The table has no ${body.type}.`);
    variables[body.variable] = toInputObject(request.body === undefined ? {} : request.body, object, objects, [], body.without);
  } else if (request.body !== undefined) {
    throw new InputError('This address takes no body.', []);
  }
  const query = request.query as Readonly<Record<string, string | string[]>>;
  for (const name of Object.keys(query)) {
    if (!queryParameters.some((parameter) => parameter.name === name)) throw new InputError(`There is no parameter \`${name}\` here.`, [name]);
  }
  for (const parameter of queryParameters) {
    const text = query[parameter.name];
    if (text !== undefined) put(variables, parameter.target, toParameter(text, parameter, objects));
  }
  const path = request.params as Readonly<Record<string, string>>;
  for (const parameter of pathParameters) put(variables, parameter.target, toParameter(path[parameter.name] ?? '', parameter, objects));
  return variables;
}

function put(variables: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let target = variables;
  for (const step of path.slice(0, -1)) target = (target[step] ??= {}) as Record<string, unknown>;
  target[path.at(-1) ?? ''] = value;
}

export type PathNamer = (path: readonly string[]) => readonly string[] | null;

/**
 * What a path of GraphQL is called on REST: a parameter by its name, a field of the body by its path in the body. Null
 * if the path leads to neither.
 */
export function pathNamer({ pathParameters, queryParameters, body }: RestRoute): PathNamer {
  const parameters = [...pathParameters, ...queryParameters];
  return (path) => {
    const parameter =
      parameters.find(({ target }) => target.every((step, index) => path[index] === step)) ??
      parameters.find(({ argument }) => path.length === 1 && path[0] === argument);
    if (parameter !== undefined) return [parameter.name, ...path.slice(parameter.target.length).map(toSnakeCase)];
    const [first, ...rest] = path;
    return body !== null && first === body.variable && rest.length > 0 ? rest.map(toSnakeCase) : null;
  };
}
