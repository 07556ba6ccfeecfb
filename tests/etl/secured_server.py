"""A real OpenSearch server with its plugin for security, which asks for a user and a password."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import trustme
from cryptography.hazmat.primitives import serialization
from opensearchpy import OpenSearch

from search_server import SearchServer

#: The password of every user, and what `plugins/opensearch-security/tools/hash.sh` makes of it.
_PASSWORD = "for tests alone"
_HASH = "$2y$12$fQHZBe11Jqz6wyIk8Jn0eOtfCxvPLUqinakCzlzj1JdKIxo.56Vt."

_SETTINGS = {
    **{f"plugins.security.ssl.{layer}.pemcert_filepath": "node.pem" for layer in ("http", "transport")},
    **{f"plugins.security.ssl.{layer}.pemkey_filepath": "node.key" for layer in ("http", "transport")},
    **{f"plugins.security.ssl.{layer}.pemtrustedcas_filepath": "ca.pem" for layer in ("http", "transport")},
    "plugins.security.ssl.http.enabled": "true",
    "plugins.security.allow_default_init_securityindex": "true",
    "plugins.security.restapi.roles_enabled": "all_access",
}


class SecuredServer(SearchServer):
    """A server whose administrator is `admin`; others have the roles that it gives them."""

    scheme = "https"

    def __init__(self, folder: Path, users: Mapping[str, str]) -> None:
        """Start it; `users` has the role of each."""
        config = folder / "config"
        security = config / "opensearch-security"
        security.mkdir(parents=True)
        self._ca_file = _write_certificates(config)
        (folder / "settings.yml").write_text("".join(f"{key}: {value}\n" for key, value in _SETTINGS.items()))
        roles = {"admin": "all_access", **users}
        documents: dict[str, tuple[str, Mapping[str, Any]]] = {
            "config": ("config", {"config": {"dynamic": {"authc": _BY_PASSWORD}}}),
            "internal_users": ("internalusers", {name: {"hash": _HASH} for name in roles}),
            "roles_mapping": ("rolesmapping", {role: {"users": [name]} for name, role in roles.items()}),
            **{
                name: (name.replace("_", ""), {})
                for name in ("roles", "action_groups", "tenants", "nodes_dn")
            },
        }
        for name, (kind, content) in documents.items():
            head = {"_meta": {"type": kind, "config_version": 2}}
            # JSON is YAML, too.
            (security / f"{name}.yml").write_text(json.dumps({**head, **content}))
        super().__init__(folder, ("2.19.4", 17))

    @property
    def client(self) -> OpenSearch:
        """A client of the administrator."""
        return self.client_of("admin")

    def client_of(self, user: str | None) -> OpenSearch:
        """A client of a user, or of nobody."""
        auth = None if user is None else (user, _PASSWORD)
        return OpenSearch(self.url, http_auth=auth, ca_certs=str(self._ca_file), timeout=60, max_retries=0)

    def make_role(self, name: str, role: Mapping[str, Any]) -> None:
        """Make a role, or replace it."""
        with self.client as admin:
            admin.transport.perform_request("PUT", f"/_plugins/_security/api/roles/{name}", body=role)


_BY_PASSWORD = {
    "by_password": {
        "http_enabled": True,
        "order": 0,
        "http_authenticator": {"type": "basic", "challenge": True},
        "authentication_backend": {"type": "intern"},
    }
}


def _write_certificates(folder: Path) -> Path:
    """Write those of the node, and return the file of who has signed them."""
    authority = trustme.CA()
    node = authority.issue_cert("127.0.0.1", common_name="node")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    for blob in node.cert_chain_pems:
        blob.write_to_path(folder / "node.pem", append=True)
    key = serialization.load_pem_private_key(node.private_key_pem.bytes(), None)
    (folder / "node.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "ca.pem"
