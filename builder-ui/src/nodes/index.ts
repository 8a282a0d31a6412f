/** What the canvas knows of node types: their looks, their words, and the forms of their settings. */
export { freshSettings, lookOf, namesWithin, portLabel, summaryOf, summaryOfTriggers, type Look } from './looks.ts';
export type { Family } from './node-view.ts';
export { paletteGroups, type PaletteEntry, type PaletteGroup } from './palette.ts';
export { freshTrigger, triggerKinds, triggerTypes, type TriggerType } from './trigger-kinds.ts';
export { NodePanel, type NodePanelProps } from './node-panel.tsx';
export { SettingsPanel } from './settings-panel.tsx';
export { TriggersPanel, type AutomationHead, type TriggersPanelProps } from './triggers-panel.tsx';
