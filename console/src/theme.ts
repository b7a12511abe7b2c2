import { Button, createTheme, type MantineColorsTuple } from '@mantine/core';

const sea: MantineColorsTuple = [
  '#e9f7f5',
  '#d2ece8',
  '#a3d9d0',
  '#70c5b7',
  '#48b4a3',
  '#2fa996',
  '#1d9a87',
  '#0f7f70',
  '#0b6b5f',
  '#04544a',
];

/** The greys of controls in the dark, of the same ink as the page. */
const dark: MantineColorsTuple = [
  '#d5dde7',
  '#b7c3d1',
  '#9aa9bb',
  '#66798f',
  '#3a4d64',
  '#2b3d53',
  '#1b2a3c',
  '#14202f',
  '#0d1522',
  '#080e18',
];

/** Ink on paper with one line of sea and brass: colours of meaning live in styles/base.css, as custom properties. */
export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 8 },
  colors: { sea, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  defaultRadius: 'md',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  components: {
    // As large as the text around it: its own size would stand out of every heading.
    Button: Button.extend({
      vars: (_, { size }) => ({ root: size === 'compact-md' ? { '--button-fz': '14px' } : {} }),
    }),
  },
});
