"""A passkey in software: answers the ceremonies of the site as a browser with a security key would."""

import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
Answer = dict[str, object]


def _hash(data: bytes) -> bytes:
    digest = Hash(SHA256())
    digest.update(data)
    return digest.finalize()


@dataclass
class SoftwarePasskey:
    """One key pair for one site; `is_verifying` says whether it asks for a PIN or finger."""

    origin: str = "http://localhost"
    is_verifying: bool = True
    counter: int = 0
    handle: bytes = b""
    credential: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict) -> Answer:
        """Answer `navigator.credentials.create`."""
        public = options["publicKey"]
        self.handle = websafe_decode(public["user"]["id"])
        attested = AttestedCredentialData.create(
            b"\0" * 16, self.credential, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(
            _hash(public["rp"]["id"].encode()), self._flags() | FLAG.AT, self.counter, bytes(attested)
        )
        client = self._client("webauthn.create", public["challenge"])
        made = AttestationObject.create("none", data, {})
        return self._answer(
            {"attestationObject": websafe_encode(bytes(made)), "clientDataJSON": websafe_encode(bytes(client))},
            {"credProps": {"rk": True}},
        )

    def use(self, options: dict) -> Answer:
        """Answer `navigator.credentials.get`."""
        public = options["publicKey"]
        self.counter += 1
        data = AuthenticatorData.create(_hash(public["rpId"].encode()), self._flags(), self.counter)
        client = self._client("webauthn.get", public["challenge"])
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        return self._answer(
            {
                "authenticatorData": websafe_encode(bytes(data)),
                "clientDataJSON": websafe_encode(bytes(client)),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(self.handle),
            },
            {},
        )

    def _flags(self) -> int:
        return FLAG.UP | FLAG.UV if self.is_verifying else FLAG.UP

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _answer(self, response: Answer, extensions: Answer) -> Answer:
        name = websafe_encode(self.credential)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }
