import { startNodeId, type GraphNode, type NodeTypeName } from '@ripen/shared';
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import type { Editor } from '../document/editor.ts';
import { freePortsOf, portsOfId, type Port } from '../document/graph.ts';
import { freshId, idsOf } from '../document/ids.ts';
import { namesWithin, freshSettings, lookOf } from '../nodes/index.ts';
import type { Names } from '../fields/names.ts';
import type { Spot } from '../document/place.ts';
import { chooserHeight, type Anchor, type Choice } from './chooser.tsx';
import { chosenStep, nodeChoices, portChoices, newSteps, targetChoices } from './choices.ts';
import { stepElementId } from './step-node.tsx';
import type { View } from './use-view.ts';

/** What is being chosen, and where the list is open. */
interface Choosing {
  title: string;
  placeholder: string;
  nothing: string;
  choices: readonly Choice[];
  more?: () => Choice[];
  anchor: Anchor;
  choose: (id: string) => void;
}

/** Adding steps and finding them: everything that opens a list on the canvas. */
export const useChoosing = (given: {
  editor: Editor;
  names: Names;
  view: View;
  wrapper: RefObject<HTMLDivElement | null>;
  announce: (text: string) => void;
}) => {
  const { editor, view, wrapper, announce } = given;
  const [choosing, setChoosing] = useState<Choosing | null>(null);
  // Read when something is chosen, so that the acts below stay the same objects.
  const names = useRef(given.names);
  names.current = given.names;

  const close = useCallback(() => {
    setChoosing(null);
    const [selected] = editor.state().selection;
    view.focus(selected ?? startNodeId);
  }, [editor, view]);

  const acts = useMemo(() => {
    const show = (id: string): void => {
      view.reveal(id);
      view.focus(id);
    };
    const add = (type: NodeTypeName, after?: Port, at?: Spot): void => {
      const id = freshId(type, idsOf(editor.document));
      const within = type === 'go_to' ? namesWithin(names.current, editor.document.nodes) : names.current;
      // Fresh settings are of the type that they were asked for.
      const node = { id, type, settings: freshSettings(type, within) } as GraphNode;
      editor.do({ kind: 'add', node, after, at }, [id]);
      announce(`${lookOf(type).title} added.`);
      setChoosing(null);
      show(id);
    };
    const anchorOf = (element: Element | null): Anchor => {
      const around = wrapper.current?.getBoundingClientRect();
      const box = element?.getBoundingClientRect();
      return around && box
        ? { x: box.left + box.width / 2 - around.left, y: box.bottom + 6 - around.top }
        : { x: 80, y: 80 };
    };
    const openSteps = (anchor: Anchor, after?: Port, at?: Spot): void =>
      setChoosing({
        title: 'Next step',
        placeholder: 'Type what should happen',
        nothing: 'No step is called that. Try "points", "wait" or "sales".',
        choices: newSteps,
        more: () => (after ? targetChoices(editor.document, names.current, after.from) : []),
        anchor,
        choose: (id) => {
          const chosen = chosenStep(id);
          if (chosen && 'type' in chosen) return add(chosen.type, after, at);
          if (chosen && after) {
            editor.do({ kind: 'connect', ...after, to: chosen.to }, [after.from]);
            announce('Connected.');
          }
          setChoosing(null);
          view.focus(after?.from ?? startNodeId);
        },
      });
    const addNext = (): void => {
      const [selected] = editor.state().selection;
      const from = selected ?? startNodeId;
      const free = freePortsOf(editor.document, from);
      const ports = free.length > 0 ? free : portsOfId(editor.document, from);
      view.roomBelow(from, chooserHeight + 28);
      const anchor = anchorOf(document.getElementById(stepElementId(from)));
      const [only, ...more] = ports;
      if (only === undefined) return announce('Nothing can follow this step.');
      if (more.length === 0) return openSteps(anchor, { from, port: only });
      setChoosing({
        title: 'After which output?',
        placeholder: 'Type or choose an output',
        nothing: 'No output is called that.',
        choices: portChoices(editor.document, from, ports, names.current),
        anchor,
        choose: (port) => openSteps(anchor, { from, port }),
      });
    };
    const find = (): void =>
      setChoosing({
        title: 'Find a step',
        placeholder: 'Find a step by its name, settings or note',
        nothing: 'No step has that in it.',
        choices: nodeChoices(editor.document, names.current),
        anchor: { x: (wrapper.current?.clientWidth ?? 400) / 2, y: 64 },
        choose: (id) => {
          setChoosing(null);
          editor.select([id]);
          view.centre(id);
          view.focus(id);
        },
      });
    return { add, addNext, find, openSteps, anchorOf, show };
  }, [editor, view, wrapper, announce]);

  return { choosing, close, ...acts };
};
