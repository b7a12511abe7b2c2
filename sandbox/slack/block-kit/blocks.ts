import { z } from 'zod';
import { ACCESSORIES, ACTION_ELEMENTS, contextImage, INPUT_ELEMENTS } from './elements.ts';
import { anyText, blockId, plainText, url } from './objects.ts';

const unique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: ACCESSORIES.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    message: 'missing required field: text',
  });

const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

const image = z.strictObject({
  type: z.literal('image'),
  block_id: blockId,
  image_url: url,
  alt_text: z.string().min(1).max(2000),
  title: plainText(2000).optional(),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(ACTION_ELEMENTS)
    .min(1)
    .max(25)
    .refine((elements) => unique(elements.flatMap((one) => one.action_id ?? [])), {
      message: 'action_id must be unique within its block',
    }),
});

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.union([anyText(3000), contextImage]))
    .min(1)
    .max(10),
});

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  element: INPUT_ELEMENTS,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const block = z.discriminatedUnion('type', [header, section, divider, image, actions, context, input]);

const uniqueBlockIds = (blocks: readonly { readonly block_id?: string | undefined }[]): boolean =>
  unique(blocks.flatMap((one) => one.block_id ?? []));

const list = (max: number) =>
  z.array(block).max(max).refine(uniqueBlockIds, { message: 'block_id must be unique' });

export const messageBlocks = list(50);

const anyView = {
  blocks: list(100).min(1),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

/** A Home tab has no title and no buttons of its own. */
const home = z.strictObject({ type: z.literal('home'), ...anyView });

const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...anyView,
    title: plainText(24).optional(),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine((one) => one.title !== undefined, { message: 'missing required field: title' })
  .refine((one) => one.submit !== undefined || !one.blocks.some((b) => b.type === 'input'), {
    message: 'missing required field: submit',
  });

/** A modal or a Home tab, as views.open and views.publish take it. */
export const view = z.discriminatedUnion('type', [home, modal]);
