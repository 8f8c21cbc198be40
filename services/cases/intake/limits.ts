import { tmpdir } from 'node:os';

/**
 * What the import accepts, in bytes and counts; the service's configuration may lower or raise it.
 */
export type Limits = {
  /** Size of the uploaded file. */
  fileBytes: number;
  /** Unpacked size of everything in a workbook that is read. */
  unpackedBytes: number;
  /** Files inside a workbook. */
  entries: number;
  /** Unpacked over packed size from which a large entry is a bomb; sheets reach about 40. */
  ratio: number;
  /** Text that the cells of a workbook share and that is held in memory, in characters. */
  sharedChars: number;
  /** Folder for the temporary copy of an upload. */
  folder: string;
};

export const defaultLimits: Limits = {
  fileBytes: 536_870_912,
  unpackedBytes: 2_147_483_648,
  entries: 2000,
  ratio: 200,
  sharedChars: 67_108_864,
  folder: tmpdir(),
};
