import type { Automation } from '@ripen/shared';
import { apply } from './apply.ts';
import type { Edit } from './edit.ts';
import { edgeAt, hasNode, type Port } from './graph.ts';
import { begin, perform, redo, undo, type History } from './history.ts';

export interface EditorState {
  history: History;
  /** Ids of nodes, the start among them. */
  selection: ReadonlySet<string>;
  /** The edge of this output is chosen, instead of nodes. */
  edge: Port | null;
}

const nothing: ReadonlySet<string> = new Set();

/** An automation being edited, with what is selected in it. Tells whoever listens; knows nothing of how it is shown. */
export class Editor {
  #state: EditorState;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;

  constructor(document: Automation, now: () => number = Date.now) {
    this.#state = { history: begin(document), selection: nothing, edge: null };
    this.#now = now;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  readonly state = (): EditorState => this.#state;

  get document(): Automation {
    return this.#state.history.present;
  }

  /** Does an edit and, if asked, selects nodes in the same go. */
  do(edit: Edit, select?: Iterable<string>): void {
    const history = perform(this.#state.history, edit, this.#now());
    this.#set({ ...this.#state, history, ...(select ? { selection: new Set(select), edge: null } : {}) });
  }

  undo(): void {
    this.#set({ ...this.#state, history: undo(this.#state.history) });
  }

  redo(): void {
    this.#set({ ...this.#state, history: redo(this.#state.history) });
  }

  select(ids: Iterable<string>): void {
    const selection = new Set(ids);
    const same =
      selection.size === this.#state.selection.size && [...selection].every((id) => this.#state.selection.has(id));
    if (same && this.#state.edge === null) return;
    this.#set({ ...this.#state, selection: same ? this.#state.selection : selection, edge: null });
  }

  selectEdge(edge: Port | null): void {
    this.#set({ ...this.#state, selection: edge ? nothing : this.#state.selection, edge });
  }

  /** Another document takes over, as one step that can be undone. */
  load(document: Automation): void {
    this.do({ kind: 'replace', document });
  }

  /** What a document would be after an edit; changes nothing. */
  preview(edit: Edit): Automation {
    return apply(this.document, edit);
  }

  #set(next: EditorState): void {
    const document = next.history.present;
    // What is gone is not selected any more.
    const selection = [...next.selection].every((id) => hasNode(document, id))
      ? next.selection
      : new Set([...next.selection].filter((id) => hasNode(document, id)));
    const edge = next.edge && edgeAt(document, next.edge) ? next.edge : null;
    if (next.history === this.#state.history && selection === this.#state.selection && edge === this.#state.edge)
      return;
    this.#state = { history: next.history, selection, edge };
    for (const tell of this.#listeners) tell();
  }
}
