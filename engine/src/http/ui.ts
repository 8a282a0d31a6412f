import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

/** Serves the built UI; addresses of its views, which are no files, get its page. */
export const serveUi = (dir: string): Router => {
  const router = Router();
  const page = join(dir, 'index.html');
  if (!existsSync(page)) return router;
  // Names of assets carry their hash; the page itself must be asked for each time.
  router.use('/assets', express.static(join(dir, 'assets'), { index: false, immutable: true, maxAge: '1y' }));
  router.use(express.static(dir, { index: 'index.html', maxAge: 0 }));
  router.get('/{*view}', (request, response, next) => {
    if (/^\/(api|v1|metrics|health)(\/|$)/.test(request.path) || !request.accepts('html')) next();
    else response.sendFile(page);
  });
  return router;
};
