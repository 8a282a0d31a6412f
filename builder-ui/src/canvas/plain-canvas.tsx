import type { Automation } from '@ripen/shared';
import { useMemo } from 'react';
import { Editor } from '../document/editor.ts';
import type { Names } from '../fields/names.ts';
import { Canvas } from './canvas.tsx';

/** A drawing to be looked at, all of it in view. */
export default function PlainCanvas(given: { document: Automation; names: Names; label: string }) {
  const editor = useMemo(() => new Editor(given.document), [given.document]);
  return (
    <Canvas
      editor={editor}
      names={given.names}
      problems={none}
      counts={null}
      readOnly
      compact
      whole
      label={given.label}
    />
  );
}

const none: [] = [];
