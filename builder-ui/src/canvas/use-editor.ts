import { useSyncExternalStore } from 'react';
import type { Editor, EditorState } from '../document/editor.ts';

/** The editor's state, as it changes. */
export const useEditor = (editor: Editor): EditorState => useSyncExternalStore(editor.subscribe, editor.state);
