"""Stars on other forges: GitHub's own software elsewhere, Gitea and GitLab, each as its API answers."""

import json
import unittest

from harness import Answer, Server
from stars_case import StarsCase

STARRED = 130


class Forges(StarsCase):
    def serve(self, path, per_page, size, make, comma):
        """A server of plain repositories, by pages, with Link; numbers say which are starred."""
        self.numbers = list(range(1, STARRED + 1))

        def answer(request):
            if request.path != path:
                return Answer('{"message":"not here"}', 404)
            page = int(request.query.get("page", ["1"])[0])
            self.assertEqual(request.query[size], [str(per_page)])
            self.assertIsNone(request.headers.get("Authorization"))
            last = -(-len(self.numbers) // per_page)
            links = [f'<{server.url}{path}?{size}={per_page}&page={to}>; rel="{relation}"'
                     for relation, to in (("next", page + 1), ("last", last), ("prev", page - 1))
                     if 0 < to <= last and to != page]
            items = [make(n) for n in self.numbers[(page - 1) * per_page:page * per_page]]
            return Answer(json.dumps(items), headers={
                "Content-Type": "application/json", "Link": comma.join(links)})
        server = Server(answer)
        return server

    def check(self, forge, server):
        env = {"GH_TOKEN": "ghp_secret"}

        def take(*options, code=0):
            return self.barky("import", forge, "octocat", "--json", "--api", server.url, *options,
                              code=code, env=env).json()
        first = take()
        self.assertEqual((first["source"], first["added"]), (forge, STARRED))
        self.assertEqual(self.bookmarks()[0]["source"], f"{forge}:octocat")
        before = self.changes()
        self.assertEqual(take()["unchanged"], STARRED)
        self.assertEqual(self.changes(), before)
        self.numbers.remove(17)
        self.assertEqual(take()["unstarred"], 1)
        self.assertEqual(len(self.bookmarks("is:unstarred")), 1)

    def test_gitea(self):
        with self.serve("/api/v1/users/octocat/starred", 50, "limit", lambda n: {
                "id": n, "full_name": f"a/{n}", "html_url": f"https://codeberg.org/a/{n}",
                "description": "", "website": "", "language": "Go", "topics": ["x"],
                "stars_count": n}, ",") as server:
            self.check("gitea", server)
        self.barky("import", "gitea", "octocat", code=1)

    def test_gitlab(self):
        with self.serve("/api/v4/users/octocat/starred_projects", 100, "per_page", lambda n: {
                "id": n, "path_with_namespace": f"a/{n}", "web_url": f"https://gitlab.com/a/{n}",
                "description": None, "topics": ["x"]}, ", ") as server:
            self.check("gitlab", server)


if __name__ == "__main__":
    unittest.main()
