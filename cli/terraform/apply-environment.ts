import { applyStack } from "./apply-stack";
import { requireCertificates, wantedCertificates } from "./certificates";
import { publishFirst, publishJobs, publishPackages } from "./publish-jobs";
import type { Reviewed } from "./reviewed";
import type { Session } from "./session";
import { readStackJson, type Stack } from "./stacks";
import { type Step, type Walk, walk } from "./walk";

/**
 * Applies the stacks in order, each from a saved plan that was shown and confirmed, once the certificates that they
 * look for are there. The jobs and DAGs are published before the stack with the Airflow environment: MWAA wants its DAG folder and requirements to exist
 * (source: Amazon MWAA, "Create an Amazon MWAA environment").
 *
 * @param reviewed the only changes that may be applied. Jobs and DAGs are not among them: they are published only where
 * there are none yet.
 */
export function applyEnvironment(session: Session, assumeYes: boolean, reviewed?: Reviewed): Promise<Walk> {
  const steps = session.stacks.flatMap((stack): Step[] => {
    const workspace = session.workspace(stack);
    const apply = {
      name: stack.id,
      run: async () => {
        await workspace.init();
        return applyStack(workspace, stack, { assumeYes, reviewed });
      },
    };
    const packages = () => publishPackages(session, assumeYes);
    const publish = () => (reviewed ? publishFirst(session, assumeYes) : publishJobs(session, assumeYes));
    const before = [
      { name: "packages of Airflow", run: packages },
      { name: "jobs and DAGs", run: publish },
    ];
    return hasAirflow(stack) ? [...before, apply] : [apply];
  });
  const needsCertificates = session.stacks.some((stack) => wantedCertificates(stack).length > 0);
  const before = { name: "certificates", run: () => requireCertificates(session) };
  return walk(needsCertificates ? [before, ...steps] : steps);
}

function hasAirflow({ directory }: Stack): boolean {
  return readStackJson(directory).resource?.aws_mwaa_environment !== undefined;
}
