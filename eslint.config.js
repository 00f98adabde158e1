/**
 * Two lints in one run.
 *
 * TypeScript: typescript-eslint with types, kept calm: what it reports is a fault or a broken
 * house rule, never taste. The house rules: only `src/env.ts` reads the environment, nothing in
 * `src` prints (it logs), and `src/domain` has no clock, no chance and no input or output.
 * Which file may import which is `.dependency-cruiser.cjs`'s business.
 *
 * GraphQL: everything in `schema/` has a description, connections are Relay's, names keep one
 * style, a mutation takes one `input` with an `idempotencyKey` and answers a payload with `userErrors`.
 */
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.{ts,tsx,mts,cts}'];

/* Not `import process from 'node:process'` either: it would be a way around the next rule. */
const ENVIRONMENT = {
  'no-restricted-properties': [
    'error',
    {
      object: 'process',
      property: 'env',
      message: 'Only src/env.ts reads the environment; take the value as an argument.',
    },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: ['node:process', 'process'].map((name) => ({
        name,
        message: 'Only src/env.ts reads the environment.',
      })),
    },
  ],
};

const IMPURE_GLOBALS = [
  ...['process', 'fetch', 'performance', 'crypto', 'Buffer'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
];

const IMPURE_CALLS = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", what: '`new Date()`' },
  { selector: "CallExpression[callee.name='Date']", what: '`Date()`' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", what: '`Date.now`' },
  {
    selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
    what: '`Temporal.Now`',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    what: '`Math.random`',
  },
];

/* GraphQL rules that need no plugin: ESLint selectors over the parsed SDL. */
const MUTATION =
  ':matches(ObjectTypeDefinition, ObjectTypeExtension)[name.value=Mutation] > FieldDefinition';
const CONTRACT_SHAPES = [
  {
    selector: `${MUTATION}[arguments.length!=1]`,
    message: 'A mutation takes exactly one argument, `input`.',
  },
  {
    selector: `${MUTATION} > InputValueDefinition > .gqlType[kind!=NonNullType]`,
    message: 'The `input` of a mutation is required: make it non-null.',
  },
  {
    selector: `${MUTATION} > InputValueDefinition > NonNullType > .gqlType:not([name.value=/Input$/])`,
    message: 'The `input` of a mutation is an input type named `...Input`.',
  },
  {
    selector: `${MUTATION} > .gqlType:not([kind=NonNullType][gqlType.name.value=/Payload$/])`,
    message: 'A mutation answers a non-null `...Payload`.',
  },
  {
    selector: `${MUTATION}[name.value=/^(create|update|delete|remove|add|set|activate|deactivate|upsert)[A-Z]/]`,
    message: 'Mutations are named object first: `tierStructureUpdate`, not `updateTierStructure`.',
  },
  {
    selector:
      'ObjectTypeDefinition[name.value=/Payload$/]:not(:has(> FieldDefinition[name.value=userErrors]))',
    message: 'A payload has `userErrors`.',
  },
  {
    selector:
      'ObjectTypeDefinition[name.value=/UserError$/]:not(:has(> FieldDefinition[name.value=code]))',
    message: 'A user error has a `code`.',
  },
];

/** Mutations that write nothing, so that repeating them is harmless by itself. */
const WRITES_NOTHING = ['configurationPlan'];

/** Whether a mutation can be repeated is for its caller to need: the input of each takes a key. */
const mutationsAreRepeatable = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    [MUTATION](field) {
      if (WRITES_NOTHING.includes(field.name.value)) return;
      const inputs = field.arguments.map((argument) => argument.gqlType.gqlType?.name?.value);
      for (const name of inputs.filter((each) => each !== undefined)) {
        const type = context.sourceCode.parserServices.schema.getType(name);
        if (typeof type?.getFields !== 'function' || 'idempotencyKey' in type.getFields()) continue;
        context.report({ node: field.name, message: `The input of a mutation has an \`idempotencyKey\`; ${name} has none.` });
      }
    },
  }),
};

export default defineConfig(
  {
    ignores: [
      '.stryker-tmp/**',
      'reports/**',
      '**/node_modules/',
      'coverage/',
      '.build/',
      '.data/',
      'drizzle/',
      'src/generated/',
      'schema/landed/',
      '**/dist/',
      '**/build/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // --- TypeScript --------------------------------------------------------------------------

  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-param-reassign': 'error',
      'no-var': 'error',
      'prefer-const': 'error',

      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',

      // A name for a type that adds nothing yet is still a name.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      // Implementing an asynchronous interface synchronously is fine.
      '@typescript-eslint/require-await': 'off',
      // A bigint or a number in a message reads well.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: false },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { ...ENVIRONMENT, 'no-console': 'error' },
  },
  {
    files: ['src/env.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...IMPURE_GLOBALS.map((name) => ({
          name,
          message: 'The domain is pure: take it as an argument.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        ...IMPURE_CALLS.map(({ selector, what }) => ({
          selector,
          message: `The domain is pure: take ${what} as an argument.`,
        })),
      ],
    },
  },
  {
    files: ['tests/**/*.ts', 'explorer/**/*.{ts,tsx}'],
    rules: {
      // What was left in while working on one test would silence all others.
      'no-restricted-properties': [
        'error',
        ...['describe', 'test', 'it'].map((object) => ({ object, property: 'only' })),
      ],
      // A wrong guess about a response, or about the page's own elements, fails loudly at once.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },

  // --- the contract ------------------------------------------------------------------------

  {
    files: ['schema/*.graphql'],
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig: { schema: 'schema/*.graphql' } },
    },
    plugins: { '@graphql-eslint': graphqlPlugin, contract: { rules: { 'mutations-are-repeatable': mutationsAreRepeatable } } },
    rules: {
      // It must be valid.
      '@graphql-eslint/known-argument-names': 'error',
      '@graphql-eslint/known-directives': 'error',
      '@graphql-eslint/known-type-names': 'error',
      '@graphql-eslint/lone-schema-definition': 'error',
      '@graphql-eslint/possible-type-extension': 'error',
      '@graphql-eslint/provided-required-arguments': 'error',
      '@graphql-eslint/unique-directive-names': 'error',
      '@graphql-eslint/unique-directive-names-per-location': 'error',
      '@graphql-eslint/unique-field-definition-names': 'error',
      '@graphql-eslint/unique-operation-types': 'error',
      '@graphql-eslint/unique-type-names': 'error',
      '@graphql-eslint/no-unreachable-types': 'error',

      // It must explain itself: types, fields, arguments, input fields, enum values, directives.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',

      // Relay.
      '@graphql-eslint/relay-arguments': 'error',
      '@graphql-eslint/relay-connection-types': 'error',
      '@graphql-eslint/relay-edge-types': [
        'error',
        // Plain lists are for what is small by nature (tiers, errors); not every node has a global id.
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
      ],
      '@graphql-eslint/relay-page-info': 'error',

      // Names.
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          Argument: 'camelCase',
          DirectiveDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          'FieldDefinition[parent.name.value=Query]': {
            forbiddenPrefixes: ['query', 'get', 'list'],
          },
        },
      ],
      // Off on purpose: no-typename-prefix (Tier.tierStructure is right), unique-enum-value-names
      // (DRAFT is a state of several objects), strict-id-in-types (payloads and values have no id).

      // Mutations and one-of inputs.
      '@graphql-eslint/input-name': ['error', { checkInputType: false }],
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      'contract/mutations-are-repeatable': 'error',
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      'no-restricted-syntax': ['error', ...CONTRACT_SHAPES],
    },
  },
);
