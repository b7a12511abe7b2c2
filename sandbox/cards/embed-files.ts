import { readFile } from 'node:fs/promises';
import type { RequestHandler } from 'express';

const EMBEDS = new URL('../../embeds/', import.meta.url);

/** Serves what is uploaded to a CRM: the files of its folder, and those that every panel shares, side by side. */
export const embedFiles =
  (folder: string, change: (name: string, text: string) => string = (_, text) => text): RequestHandler =>
  async (req, res) => {
    const name = String(req.params.name);
    const found = await readFile(new URL(name, new URL(`${folder}/`, EMBEDS)), 'utf8')
      .catch(() => readFile(new URL(name, new URL('panel/', EMBEDS)), 'utf8'))
      .catch(() => null);
    if (found === null || !/^[\w-]+\.(html|js|css)$/.test(name)) return void res.status(404).end();
    res
      .type(name.slice(name.lastIndexOf('.')))
      .setHeader('Cache-Control', 'no-store')
      .send(change(name, found));
  };
