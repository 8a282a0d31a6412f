/** Editing definitions as drafts: loading, saving by itself, conflicts, copies in the browser, publishing. */
export type { DraftState, Read, Saving } from './draft-state.ts';
export { DraftNotice, DraftStatus } from './draft-status.tsx';
export { DiscardQuestion, discardWord } from './discard-question.tsx';
export { draftInTheWay } from './draft-view.tsx';
export { AccountChanges } from './impact-on-accounts.tsx';
export { accountsInWords } from './impact-words.ts';
export { ImpactProgress } from './impact-progress.tsx';
export { useImpact } from './use-impact.ts';
export { RebuildStatus } from './rebuild-status.tsx';
export { PublishDialog, type Change } from './publish-dialog.tsx';
export { PublishSince } from './publish-since.tsx';
export { same } from './same.ts';
export { useAct } from './use-act.ts';
export { useDraft, type Draft } from './use-draft.ts';
