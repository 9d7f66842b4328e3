/*
 * A key and a self-signed certificate for tests and the sandbox only. Both are public: nothing that is signed with this
 * key proves anything. Made once, because node cannot make a certificate by itself, for a hundred years:
 *
 *   openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj "/CN=Kith sandbox test only SNS/O=Not Amazon"
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A private key and the certificate of its public half, in PEM. */
export interface SnsKeyPair {
  privateKey: string;
  certificate: string;
}

/** The name of the file under which messages say that the certificate lies. */
export const snsTestCertificateName = 'kith-sandbox-test-only.pem';

/** The pair, which everybody has. */
export const snsTestKeyPair: SnsKeyPair = {
  privateKey: `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDtnPw07BDpriuO
oqxzOcrDaNwNpQxNhRiit/P8G4pIr9hD5buTHD5Bt7oEvH5+dRRXIawiDk9z0dx3
1OtqRzVrc5OfxpObFgCdVHv+Lrv9XlWsGP9zHpgryqq39+G9ZN/HQX1TdC+FM9PL
SHMmWoTiaZAhgUEY701QeCTsGYpvI/HGfc8DLh9XvQdelmjBNqWHhx1SHEZmuZl9
kj5pUhBr3nRQQU9OINnKCAd0TShAIzabPKzni1Bc6HQaylNb3aUzudIPm14hryo2
Jk83r3kvdiNHBDKD2Qz3tEkeSCEbxU/EmPamwRtHBvLBFMeH3JKEIx38mBl3psmA
O9PoQcHbAgMBAAECggEAAW4o/H6RSX7RZ03mYNkvtcZrUK+2J79N2yjlUJav2ekp
EZuP6f5JB6c9+OpTjppQ0Ydz3E6evtE8FQKUmjKsiSWMdXFCETRsM4Y/KtQIMKnB
NUR/QSelfdn99haJZtT1HeNwiDCSWqhptXcNrmTsGNrO0czP4gEKw5m9iyhKM4oO
YdA4TUB/mABzVBMhMIyn1kR3XdvZw0Hsv3P5wuGlvxVkbh96kyjHyKVvZZPfpEec
V4CEtX2MvJ0EmmEj9V8OcRFE/i1cavUqq8ydTZO+gWL7qm+J/PowZBN5zb6/KJdM
SKzmrXTNLSS4pXsHMRbl35Soez5Zk8JxnZDJD+V9bQKBgQD6D1iIN3dwdoK5TvI1
5bweXMpFoM7coRptvnpAejmEi73vgNowXmxWKcLNwM6NnnEZmD7lznuEemo2crZi
1aakjhDDMzbaojuHmCRUbd2e8EaMC0sZdy2NoUbH8CgWS1w8Q3Mvk9oJF+d2IauL
UpXSGvpwCpYLQsaVs3V4UNHaXwKBgQDzQfLpC3AM+TWMV1/j5aMozHJ0MkwJVjW3
qygTcPCN/y9vYsRv9knNpp4ZkjlZ9t2DJNN1+hHrk3vURe67ThLIwmaBGxvFzj2w
6mUyy7xib4nBylpnjv0F0SkfDKxFpZwZCaAx6gi6nYGcSfbpt/ng3ur9054826Ki
wnTVy6RCBQKBgQDeyklgo7qAsrXpkFLwfkzK6HU27/0eSVMYr/qP89XHKBIDj1PW
gGoZon9zffMJ7j5qRWDUstENyVtUQ4QILr6YIhMBN2IKDTzopD7KElDASOcx4uX4
PFyTsTs0691rb50v/BBmNV6vd2K7t2f1a5EcbvjuViA0zDvOKOPiXG98FQKBgCdc
+57EcAxZY1XjaavqI/3dH4Q4A1/baHPhKWoD85k2uwlONTVc6FJz7M98fvVU4kFv
exxzK+UwB3CxJFGA77823fl0Vokqt4biVx/iIgjXvbXzNa/eTolbcEkK9vGKO/k9
OoP5OBJinG+a9G6bi77cs7ABR3DXpbiquNdDzb+1AoGAWaH2pb/y2LlqF7maLKnF
spZhos5Ww7A2vvgOx67K1ACG023nQtU59S2cSY5i9/KGst4Wd8h2myzYh3Arsdnv
LpubKEKrJFz/5NKVJJ43R8HJEensljH+kXeaaaSam7L1M4nffYewYJYjJB2umEIs
+519zSBP24MLLKHv/An5Cjs=
-----END PRIVATE KEY-----
`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIDVzCCAj+gAwIBAgIUdtjOW+MeRLcunrX3WK7EW9y92Y4wDQYJKoZIhvcNAQEL
BQAwOjEjMCEGA1UEAwwaS2l0aCBzYW5kYm94IHRlc3Qgb25seSBTTlMxEzARBgNV
BAoMCk5vdCBBbWF6b24wIBcNMjYxMTI1MjEzMTM0WhgPMjEyNjExMDEyMTMxMzRa
MDoxIzAhBgNVBAMMGktpdGggc2FuZGJveCB0ZXN0IG9ubHkgU05TMRMwEQYDVQQK
DApOb3QgQW1hem9uMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7Zz8
NOwQ6a4rjqKscznKw2jcDaUMTYUYorfz/BuKSK/YQ+W7kxw+Qbe6BLx+fnUUVyGs
Ig5Pc9Hcd9Trakc1a3OTn8aTmxYAnVR7/i67/V5VrBj/cx6YK8qqt/fhvWTfx0F9
U3QvhTPTy0hzJlqE4mmQIYFBGO9NUHgk7BmKbyPxxn3PAy4fV70HXpZowTalh4cd
UhxGZrmZfZI+aVIQa950UEFPTiDZyggHdE0oQCM2mzys54tQXOh0GspTW92lM7nS
D5teIa8qNiZPN695L3YjRwQyg9kM97RJHkghG8VPxJj2psEbRwbywRTHh9yShCMd
/JgZd6bJgDvT6EHB2wIDAQABo1MwUTAdBgNVHQ4EFgQUsfrKk+eWeG4w24reExvK
ji/ITiEwHwYDVR0jBBgwFoAUsfrKk+eWeG4w24reExvKji/ITiEwDwYDVR0TAQH/
BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAX2qhc27BBCJtC4GRWJTBC6y/6Dq0
/m1uCOmrKM3x/IEsUVK0dT4gABxj2lttU6ij+FFUg/Jogh+dJUz6eHhheacGTdmX
93JjyRZS9idfOXRg6BMgHO4yqWM/ADjeaMSFpZJ2ZKs/XEtfvk9HSLS3ARiOMJQN
kVLsjhAeB5sUqhLmp17whD6ixlwPd/3axy4MIHq55okll6ZC2gAVp2eUgdOfToeQ
iJDvyAZgcJFvRGYvSUoH2OK8E9ki61gfqbFDK1NbP1ZNafEw1Mxpgvpci/nfLeSb
q9HFYt2Gtl1kFHhuuN7JLj9WyYf5pVFnG8PFJL9mKjR/HPiaaxpGD41I4Q==
-----END CERTIFICATE-----
`,
};

/** Puts the certificate where an ingest service finds it: into its `KITH_SNS_CERTIFICATES_DIR`. */
export async function writeSnsTestCertificate(directory: string): Promise<void> {
  await writeFile(join(directory, snsTestCertificateName), snsTestKeyPair.certificate);
}
