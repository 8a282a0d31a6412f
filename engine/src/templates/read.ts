import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { definitionSchema, type Definition, type Template } from '@ripen/shared';

/** A template as it is kept: a folder with a README and documents. */
export interface StoredTemplate extends Pick<Template, 'id' | 'title' | 'summary' | 'about'> {
  documents: Definition[];
}

const folderOf = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('@ripen/shared/package.json')), 'examples', name);

/** All systems that are shipped, in the order of their titles. */
export const readTemplates = (): Promise<StoredTemplate[]> => readAll(folderOf('templates'));

/** Automations that are shipped, each with what it needs, in the order of their titles. */
export const readAutomationTemplates = (): Promise<StoredTemplate[]> => readAll(folderOf('automation-templates'));

const readAll = async (folder: string): Promise<StoredTemplate[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const templates = await Promise.all(ids.map((id) => readTemplate(join(folder, id), id)));
  return templates.sort((a, b) => (a.title < b.title ? -1 : 1));
};

const readTemplate = async (folder: string, id: string): Promise<StoredTemplate> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const [readme, ...files] = await Promise.all(
    ['README.md', ...names].map((name) => readFile(join(folder, name), 'utf8')),
  );
  const documents = files.flatMap((file): Definition[] => {
    const json: unknown = JSON.parse(file);
    return (Array.isArray(json) ? json : [json]).map((document) => definitionSchema.parse(document));
  });
  return { id, ...aboutOf(readme ?? ''), documents };
};

/** A README as title, summary and paragraphs: its heading, its first paragraph, and the others. */
const aboutOf = (readme: string): Pick<Template, 'title' | 'summary' | 'about'> => {
  const [title = '', summary = '', ...about] = readme
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' '));
  return { title: title.replace(/^# /, ''), summary, about };
};
