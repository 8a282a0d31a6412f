import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';
import { workflowSourceFiles, workflowsFolder } from './workflow-sources.ts';

const filePrefix = 'workflows-';

/** What the bundle is made of: our sources, and the SDK that goes in with them. */
const bundleHash = (): string => {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const hash = createHash('sha256').update(`${version}\n${process.version}\n`);
  for (const path of workflowSourceFiles()) hash.update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Bundles the workflows, some 2 s. */
export const bundleWorkflows = async (): Promise<{ code: string }> => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('index.ts', workflowsFolder)),
    logger: new DefaultLogger('ERROR'),
  });
  return { code };
};

/** The workflows' bundle, from `cacheDir` when neither they nor the SDK changed since it was made there. */
export const cachedBundle = async (cacheDir: string): Promise<WorkflowBundleOption> => {
  const name = `${filePrefix}${bundleHash()}.cjs`;
  const codePath = join(cacheDir, name);
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflows();
  mkdirSync(cacheDir, { recursive: true });
  const partial = `${codePath}.${process.pid}`;
  writeFileSync(partial, code);
  renameSync(partial, codePath);
  for (const old of readdirSync(cacheDir)) {
    if (old.startsWith(filePrefix) && old.endsWith('.cjs') && old !== name)
      rmSync(join(cacheDir, old), { force: true });
  }
  return { codePath };
};
