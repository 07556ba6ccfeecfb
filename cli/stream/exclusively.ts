import { Failure } from "../../base/failure";
import { makeFolder } from "../../base/files";
import { withLock } from "../../base/lock";
import { shown } from "../places";
import type { Folders } from "./folders";

/**
 * Runs work while no other stream runs in the same folder.
 *
 * @throws Failure that names the process of the stream that does
 */
export function exclusively<Result>(folders: Folders, work: () => Promise<Result>): Promise<Result> {
  makeFolder(folders.root);
  return withLock(folders.lock, work, (holder) => {
    const who = holder === undefined ? "another process" : `process ${holder.pid}`;
    return new Failure(
      `a stream is running in ${shown(folders.root)}: ${who}`,
      `stop it first with Ctrl-C, or \`kill ${holder?.pid ?? "<pid>"}\`; if it has ended, remove ${shown(folders.lock)}`,
    );
  });
}
