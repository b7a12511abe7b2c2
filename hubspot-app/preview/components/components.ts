import type { ComponentType } from 'react';
import * as feedback from './feedback.tsx';
import * as forms from './forms.tsx';
import { Icon } from './icon.tsx';
import * as layout from './layout.tsx';
import * as press from './press.tsx';
import * as words from './words.tsx';

/** HTML for each of HubSpot's components that the card uses, by the name of the remote node. */
// biome-ignore lint/suspicious/noExplicitAny: the props differ by component, and the remote tree knows none of them
export const components: Record<string, ComponentType<any>> = {
  ...feedback,
  ...forms,
  ...layout,
  ...press,
  ...words,
  Icon,
};
