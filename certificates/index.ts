export {
  createCertificates,
  createPerson,
  expiryOf,
  type Made,
  revokePerson,
  rotatePerson,
  rotateServer,
  type Subject,
  serverDnsName,
} from "./authority";
export { emrArchive } from "./emr-archive";
export { CertificateError } from "./failure";
export { authorityName, CertificateFolder, personIn, serverName } from "./folder";
export { type Entry, inventory, needsAttention } from "./inventory";
export { profileOf } from "./profile";
export { replaceAuthority } from "./replace-authority";
