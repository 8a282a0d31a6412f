import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Greys with a slight green cast. */
const gray: MantineColorsTuple = [
  '#f7f8f6',
  '#eff1ee',
  '#e4e7e2',
  '#d5d9d2',
  '#b9bfb5',
  '#949b90',
  '#6b7267',
  '#51574e',
  '#353a33',
  '#1c201b',
];
const dark: MantineColorsTuple = [
  '#d6dbd3',
  '#b5bbb1',
  '#949b90',
  '#6d746a',
  '#3d433b',
  '#30362f',
  '#252a24',
  '#1b1f1b',
  '#141714',
  '#0e110e',
];
/** The accent: deep leaf. */
const leaf: MantineColorsTuple = [
  '#ecf6ed',
  '#d9ebdb',
  '#b4d6b8',
  '#8bc092',
  '#67ad71',
  '#4c9c58',
  '#378444',
  '#2d7339',
  '#245d2e',
  '#1a4722',
];
/** Failure and danger only. */
const tomato: MantineColorsTuple = [
  '#fdeeeb',
  '#fadbd5',
  '#f3b5aa',
  '#ec8d7c',
  '#e56b55',
  '#dc5039',
  '#c9402a',
  '#b03421',
  '#8f2a1b',
  '#6d2015',
];
const amber: MantineColorsTuple = [
  '#fdf4e3',
  '#fae7c4',
  '#f4cf8b',
  '#eeb650',
  '#e9a83a',
  '#d08f1f',
  '#a97214',
  '#855a10',
  '#65440d',
  '#473009',
];

/** What is neither filled nor framed is drawn in our own inks: the accent for acts in words, the softer one for icons. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== 'subtle') return colors;
  if (input.color === 'gray') return { ...colors, color: 'var(--ink-soft)', hover: 'var(--hover)' };
  return input.color === undefined || input.color === 'leaf' ? { ...colors, color: 'var(--accent)' } : colors;
};

export const theme = createTheme({
  variantColorResolver: variantColors,
  colors: { gray, dark, leaf, tomato, amber },
  primaryColor: 'leaf',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.34,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    // Nearly everything is required; what is not says so.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    TextInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'sm' } },
    Autocomplete: { defaultProps: { size: 'sm' } },
    TagsInput: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'sm', withItemsBorders: false } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
    Modal: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true, transitionProps: { duration: 120 } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 140 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
  },
});

/** What our own styles use: the same names in both schemes. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--ground': '#f7f8f6',
    '--surface': '#ffffff',
    '--raised': '#ffffff',
    '--hover': '#f0f2ee',
    '--selected': '#e8f1e9',
    '--line': '#e1e5de',
    '--line-strong': '#c6ccc2',
    '--chip-line': '#e1e5de',
    '--track': '#e9ece7',
    '--ink': '#1c201b',
    '--ink-soft': '#5a6156',
    '--ink-faint': '#686f64',
    '--accent': '#2d7339',
    '--accent-soft': '#e3f0e5',
    '--bad': '#b03421',
    '--bad-soft': '#fdeeeb',
    '--warn': '#7a520c',
    '--warn-soft': '#fdf4e3',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#5a6156',
    '--mantine-color-error': '#b03421',
    '--mantine-color-placeholder': '#686f64',
    '--ripe-1': '#3f8f4a',
    '--ripe-2': '#86b436',
    '--ripe-3': '#c9b02f',
    '--ripe-4': '#e08a2e',
    '--ripe-5': '#d9482f',
  },
  dark: {
    '--ground': '#121512',
    '--surface': '#181c18',
    '--raised': '#1f241f',
    '--hover': '#212621',
    '--selected': '#1d2b20',
    '--line': '#2b312b',
    '--line-strong': '#454c44',
    '--chip-line': '#3a413a',
    '--track': '#0d100d',
    '--ink': '#e4e8e1',
    '--ink-soft': '#a9b0a5',
    '--ink-faint': '#8f968b',
    '--accent': '#7cc487',
    '--accent-soft': '#1f3323',
    '--bad': '#f08b79',
    '--bad-soft': '#3a1d17',
    '--warn': '#ecbb62',
    '--warn-soft': '#362a12',
    '--mantine-color-body': '#181c18',
    '--mantine-color-dimmed': '#a9b0a5',
    '--mantine-color-error': '#f08b79',
    '--mantine-color-placeholder': '#8f968b',
    '--ripe-1': '#57ab63',
    '--ripe-2': '#9cc94e',
    '--ripe-3': '#dcc548',
    '--ripe-4': '#efa04a',
    '--ripe-5': '#ee6b52',
  },
});
