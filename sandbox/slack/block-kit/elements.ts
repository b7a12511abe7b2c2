import { z } from 'zod';
import { actionId, confirm, option, plainText, url } from './objects.ts';

const focus = { focus_on_load: z.boolean().optional() };

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  url: url.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z
    .array(option.extend({ url: url.optional() }))
    .min(1)
    .max(5),
  confirm: confirm.optional(),
});

const initialIsAnOption = (element: { options: readonly unknown[]; initial_option?: unknown }): boolean =>
  element.initial_option === undefined ||
  element.options.some((one) => JSON.stringify(one) === JSON.stringify(element.initial_option));

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    options: z.array(option).min(1).max(100),
    placeholder: plainText(150).optional(),
    initial_option: option.optional(),
    confirm: confirm.optional(),
    ...focus,
  })
  .refine(initialIsAnOption, {
    message: 'initial_option must match one of the options',
    path: ['initial_option'],
  });

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    action_id: actionId,
    options: z.array(option).min(1).max(10),
    initial_option: option.optional(),
    confirm: confirm.optional(),
    ...focus,
  })
  .refine(initialIsAnOption, {
    message: 'initial_option must match one of the options',
    path: ['initial_option'],
  });

const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  action_id: actionId,
  options: z.array(option).min(1).max(10),
  initial_options: z.array(option).min(1).optional(),
  confirm: confirm.optional(),
  ...focus,
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  ...focus,
});

/** Seconds since 1970, in ten digits. */
const moment = z.int().min(1_000_000_000).max(9_999_999_999);

const dateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  action_id: actionId,
  initial_date_time: moment.optional(),
  confirm: confirm.optional(),
  ...focus,
});

const image = z.strictObject({
  type: z.literal('image'),
  image_url: url,
  alt_text: z.string().min(1).max(2000),
});

/** Elements by the place they may stand in. */
export const ACTION_ELEMENTS = z.discriminatedUnion('type', [
  button,
  overflow,
  staticSelect,
  radioButtons,
  checkboxes,
  dateTimePicker,
]);
export const ACCESSORIES = z.discriminatedUnion('type', [
  button,
  overflow,
  staticSelect,
  radioButtons,
  checkboxes,
  image,
]);
export const INPUT_ELEMENTS = z.discriminatedUnion('type', [
  plainTextInput,
  staticSelect,
  radioButtons,
  checkboxes,
  dateTimePicker,
]);
export const contextImage = image;
