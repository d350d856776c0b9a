"""The token: who sees it, and who must not."""

import pathlib
import socket
import ssl
import subprocess
import threading
import time
import unittest

import forge_faults
from fake_forge import Forge, stars
from harness import PATIENCE, until
from stars_case import StarsCase

TOKEN = "ghp_0123456789SecretOfOctocat"


class Token(StarsCase):
    def assert_secret(self, *texts):
        for text in texts:
            self.assertNotIn(TOKEN, text)
        for path in self.home.rglob("*"):
            if path.is_file():
                self.assertNotIn(TOKEN.encode(), path.read_bytes(), path)

    def test_it_is_sent_with_every_request_and_left_nowhere(self):
        with Forge(stars(250), token=TOKEN) as forge:
            for variables in ({"GH_TOKEN": TOKEN}, {"GITHUB_TOKEN": TOKEN},
                              {"GH_TOKEN": TOKEN, "GITHUB_TOKEN": "ghp_other"}):
                ran = self.run_import(forge, "--full", "--verbose", env=variables)
                self.assert_secret(ran.out, ran.err)
            self.assertEqual(set(forge.authorizations()), {f"Bearer {TOKEN}"})

    def test_ones_own_stars_are_asked_for_by_the_token(self):
        with Forge(stars(250), token=TOKEN) as forge:
            summary = self.take(forge, user=None, env={"GH_TOKEN": TOKEN})
            self.assertEqual((summary["user"], summary["added"]), ("octocat", 250))
            self.assertEqual({r.path for r in forge.requests}, {"/user", "/user/starred"})
            self.assertLessEqual(len(forge.requests), 3 + 3)
            self.assertEqual(self.bookmarks()[0]["source"], "github:octocat")
            forge.clear()
            self.take(forge, user=None, env={"GH_TOKEN": TOKEN})
            self.assertLessEqual(len(forge.requests), 2)

    def test_without_one_nobody_is_me(self):
        with Forge(stars(1)) as forge:
            self.assertIn("GH_TOKEN", self.run_import(forge, user=None, code=4).err)
            self.assertEqual(forge.requests, [])

    def test_one_that_is_refused_is_not_tried_again(self):
        with Forge(stars(1), token=TOKEN) as forge:
            ran = self.run_import(forge, code=4, env={"GH_TOKEN": "ghp_wrong"})
            self.assertEqual((len(forge.requests), len(ran.err.splitlines())), (1, 1))
            self.assertNotIn("ghp_wrong", ran.err + ran.out)

    def test_one_that_no_header_may_hold_is_refused_unsaid(self):
        with Forge(stars(1)) as forge:
            for token in ("ghp_a\r\nX-Evil: 1", "ghp a", "ghp_\x01", "ghp_ü"):
                ran = self.run_import(forge, code=1, env={"GH_TOKEN": token})
                self.assertEqual(len(ran.err.splitlines()), 1)
                self.assertNotIn(token[-5:], ran.err)
            self.assertEqual(forge.requests, [])

    def test_no_other_origin_ever_sees_it(self):
        with Forge(stars(300)) as forge, Forge(stars(5)) as other:
            port = other.server.server_address[1]
            for target in (other.url, f"http://localhost:{port}", f"http://octocat@127.0.0.1:{port}",
                           f"//127.0.0.1:{port}", "https://127.0.0.1:9"):
                for fault in (forge_faults.link_to(target),
                              forge_faults.redirect_to(target + "/users/octocat/starred")):
                    for page in (1, 2):
                        forge.fault = lambda r, fault=fault, page=page: r.page == page and fault
                        self.library.unlink(missing_ok=True)
                        ran = self.run_import(forge, code=4, env={"GH_TOKEN": TOKEN})
                        self.assert_secret(ran.out, ran.err)
            self.assertEqual(other.requests, [])

    def test_programs_started_by_barky_do_not_inherit_it(self):
        said = self.fake("browser", 'env >"$HOME/browser.env"; true')
        self.add("https://example.org/")
        self.barky("open", "1", env={"BROWSER": "browser", "GH_TOKEN": TOKEN, "GITHUB_TOKEN": TOKEN})
        path = pathlib.Path(self.home) / "browser.env"
        until(path.exists, what="the browser to start")
        self.assertTrue(said.exists() and path.exists())
        self.assert_secret()

    def test_while_it_is_held_it_cannot_be_read_from_outside(self):
        with Forge(stars(300)) as forge:
            forge.fault = lambda request: "hang"
            process = self.start("import", "github", "octocat", env=self.at(forge, GH_TOKEN=TOKEN))
            until(lambda: forge.requests, what="a request")
            folder = pathlib.Path(f"/proc/{process.pid}")
            self.assertNotIn(TOKEN, (folder / "cmdline").read_text())
            self.assertNotIn(TOKEN.encode(), (folder / "environ").read_bytes())
            limits = (folder / "limits").read_text()
            self.assertRegex(limits, r"Max core file size +0 ")
            process.kill()

    def test_the_configurations_command_and_file_give_it(self):
        config = self.home / "config" / "barky" / "config"
        config.parent.mkdir(parents=True)
        secret = self.home / "secret"
        self.fake("give-token", f"echo {TOKEN}; echo second line")
        (self.bin / "give-token").write_text(f"#!/bin/sh\necho {TOKEN[:9]}'{TOKEN[9:]}'\necho more\n")
        with Forge(stars(3), token=TOKEN) as forge:
            config.write_text("token_command = give-token 'for me'\n")
            self.assertEqual(self.take(forge, user=None)["added"], 3)
            self.assertEqual(set(forge.authorizations()), {f"Bearer {TOKEN}"})
            secret.write_text(TOKEN + "\n")
            config.write_text(f"token_file = {secret}\n")
            secret.chmod(0o644)
            self.assertIn("chmod 600", self.run_import(forge, user=None, code=4).err)
            secret.chmod(0o600)
            self.take(forge, user=None)
            config.write_text("token_command = false\n")
            self.run_import(forge, user=None, code=4)


class Certificates(StarsCase):
    """Needs openssl to make certificates with."""

    def certificate(self, name, *options):
        made = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key",
             "-out", f"{name}.pem", "-subj", "/CN=barky", *options],
            cwd=self.home, capture_output=True)
        if made.returncode:
            self.skipTest("openssl cannot make a certificate")
        return self.home / f"{name}.pem", self.home / f"{name}.key"

    def serve(self, forge, name, *options):
        certificate, key = self.certificate(name, *options)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        forge.server.socket = context.wrap_socket(forge.server.socket, server_side=True)
        return certificate, forge.url.replace("http:", "https:")

    def test_one_that_is_not_trusted_or_not_for_this_host_is_refused_and_told_why(self):
        here = ("-addext", "subjectAltName=IP:127.0.0.1")
        for name, trusted, options, words in (
                ("self", False, here, ("signed by itself", "ca_file", "SSL_CERT_FILE")),
                ("host", True, ("-addext", "subjectAltName=DNS:example.org"), ("for another name",)),
                ("old", True, (*here, "-days", "-1"), ("has expired",))):
            with self.subTest(name), Forge(stars(3)) as forge:
                certificate, api = self.serve(forge, name, *options)
                env = {"BARKY_GITHUB_API": api, "GH_TOKEN": TOKEN}
                if trusted:
                    env["SSL_CERT_FILE"] = str(certificate)
                ran = self.run_import(forge, code=4, env=env)
                self.assertEqual(len(ran.err.splitlines()), 1, ran)
                for word in words:
                    self.assertIn(word, ran.err)
                self.assertEqual(forge.requests, [])

    def test_one_of_an_authority_that_is_not_known_is_refused(self):
        authority, key = self.certificate("authority")
        ask = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr",
               "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        sign = ["openssl", "x509", "-req", "-in", "leaf.csr", "-CA", authority, "-CAkey", key,
                "-CAcreateserial", "-out", "leaf.pem", "-copy_extensions", "copy"]
        for command in (ask, sign):
            if subprocess.run(command, cwd=self.home, capture_output=True).returncode:
                self.skipTest("openssl cannot make a certificate")
        with Forge(stars(3)) as forge:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.home / "leaf.pem", self.home / "leaf.key")
            forge.server.socket = context.wrap_socket(forge.server.socket, server_side=True)
            api = forge.url.replace("http:", "https:")
            ran = self.run_import(forge, code=4, env={"BARKY_GITHUB_API": api})
            self.assertIn("issuer of its certificate is not known", ran.err)
            self.assertIn("SSL_CERT_FILE", ran.err)
            forge.links_base = api
            env = {"BARKY_GITHUB_API": api, "SSL_CERT_FILE": str(authority)}
            self.assertEqual(self.run_import(forge, env=env).json()["added"], 3)

    def test_certificates_that_cannot_be_read_are_named(self):
        with Forge(stars(3)) as forge:
            api = forge.url.replace("http:", "https:")
            env = {"BARKY_GITHUB_API": api, "SSL_CERT_FILE": str(self.home / "missing.pem")}
            ran = self.run_import(forge, code=4, env=env)
            self.assertIn("SSL_CERT_FILE", ran.err)
            self.assertIn("missing.pem", ran.err)

    def test_what_waits_for_a_connection_does_not_go_out_after_a_limit(self):
        limited = threading.Event()
        connections = []
        with Forge(stars(900)) as forge:
            certificate, api = self.certificate("good", "-addext", "subjectAltName=IP:127.0.0.1"), None
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            api = forge.links_base = forge.url.replace("http:", "https:")
            serve = forge.server.finish_request

            def finish(request, address):
                connections.append(address)
                if len(connections) > 1:  # a handshake that ends after the limit has come
                    limited.wait(PATIENCE)
                    time.sleep(0.3)
                with context.wrap_socket(request, server_side=True) as secure:
                    serve(secure, address)

            def fault(request):
                if request.number < 3:
                    return None
                until(lambda: len(connections) > 3, what="the other connections")
                limited.set()
                return "secondary"
            forge.server.finish_request = finish
            forge.fault = fault
            ran = self.run_import(forge, code=5, env={
                "BARKY_GITHUB_API": api, "SSL_CERT_FILE": str(certificate[0])})
            self.assertEqual(len(forge.requests), 3)
            self.assertEqual(ran.json()["requests"], 3)

    def test_one_that_is_trusted_is_taken(self):
        with Forge(stars(150)) as forge:
            certificate, api = self.serve(forge, "good", "-addext", "subjectAltName=IP:127.0.0.1")
            config = self.home / "own.conf"
            config.write_text(f"ca_file = {certificate}\n")
            forge.links_base = api
            with socket.create_connection(("127.0.0.1", forge.server.server_address[1])):
                pass
            summary = self.run_import(forge, "--config", config, env={"BARKY_GITHUB_API": api},
                                      code=(0, 4)).json()
            self.assertEqual(summary["status"], "complete", summary)


if __name__ == "__main__":
    unittest.main()
