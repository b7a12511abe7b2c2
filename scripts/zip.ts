import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATE = 8;
/** 1 January 1980, the first day the format knows: the same files make the same archive. */
const DATE = 0x0021;

/** Numbers of two (`[value, 2]`) or four bytes, little-endian. */
const bytes = (...fields: readonly (readonly [value: number, size: 2 | 4])[]): Buffer =>
  Buffer.concat(
    fields.map(([value, size]) => {
      const field = Buffer.alloc(size);
      field.writeUIntLE(value, 0, size);
      return field;
    }),
  );

/** A zip archive of files by name. Source: APPNOTE.TXT of the ZIP file format, 4.3. */
export const zip = (files: Readonly<Record<string, string>>): Buffer => {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const path = Buffer.from(name);
    const about = bytes(
      [VERSION, 2],
      [FLAGS, 2],
      [DEFLATE, 2],
      [0, 2],
      [DATE, 2],
      [crc32(content), 4],
      [packed.length, 4],
      [content.length, 4],
      [path.length, 2],
      [0, 2],
    );
    const local = Buffer.concat([bytes([LOCAL, 4]), about, path, packed]);
    const rest = bytes([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    entries.push(Buffer.concat([bytes([CENTRAL, 4], [VERSION, 2]), about, rest, path]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(entries);
  const count = entries.length;
  const end = bytes(
    [END, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [central.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...parts, central, end]);
};
