import type { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Json } from '../model.ts';
import { messageBlocks, view } from './blocks.ts';

const sentence = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'too_big':
      return `must be less than ${Number(issue.maximum) + 1} ${issue.origin === 'string' ? 'characters' : 'items'}`;
    case 'too_small':
      return `must be more than ${Number(issue.minimum) - 1} ${issue.origin === 'string' ? 'characters' : 'items'}`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'unsupported type or failed to match all allowed schemas';
    case 'invalid_type':
      return issue.message.includes('undefined')
        ? `missing required field: ${String(issue.path.at(-1))}`
        : `must be a ${issue.expected}`;
    default:
      return issue.message;
  }
};

const pointer = (root: string, issue: z.core.$ZodIssue): string =>
  `[json-pointer:${[root, ...issue.path].map((part) => `/${String(part)}`).join('')}]`;

const refuse = (error: string, root: string, issues: readonly z.core.$ZodIssue[]): never => {
  const errors = issues.map((issue) => `${sentence(issue)} ${pointer(root, issue)}`);
  throw new ApiError(error, {
    errors,
    response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) },
  });
};

const parseJson = (given: unknown, error: string): unknown => {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    throw new ApiError(error);
  }
};

/** Blocks of a message, checked; throws `invalid_blocks` with the places at fault, as Slack does. */
export const checkBlocks = (given: unknown): readonly Json[] => {
  if (given === undefined || given === '') return [];
  const result = messageBlocks.safeParse(parseJson(given, 'invalid_blocks_format'));
  if (!result.success) return refuse('invalid_blocks', 'blocks', result.error.issues);
  return named(result.data);
};

/** A view, checked; throws `invalid_arguments` with the places at fault. */
export const checkView = (given: unknown): Json => {
  const result = view.safeParse(parseJson(given, 'invalid_arguments'));
  if (!result.success) return refuse('invalid_arguments', 'view', result.error.issues);
  return { ...result.data, blocks: named(result.data.blocks) };
};

type Named = { readonly block_id?: string | undefined };

/** Slack gives every block and interactive element the id it lacks. */
const named = (blocks: readonly Named[]): readonly Json[] =>
  blocks.map((block, index) => withElementIds({ ...block, block_id: block.block_id ?? `b${index}` }));

const withElementIds = (block: Json): Json => {
  const id = (element: Json, index: number): Json => ({
    ...element,
    action_id: element.action_id ?? `a${index}`,
  });
  if (block.type === 'actions') return { ...block, elements: (block.elements as Json[]).map(id) };
  if (block.type === 'input') return { ...block, element: id(block.element as Json, 0) };
  return block;
};
