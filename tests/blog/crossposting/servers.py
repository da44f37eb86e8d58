"""A git server with one bare repository, and one that behaves as GitHub's documented API does; no network."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo
from dulwich.server import DictBackend
from dulwich.web import make_wsgi_chain

CONFIG = 'permalink: /:categories/:title/\nmarkdown: kramdown\nurl: https://blog.example\nowner:\n  name: "Hamid"\n'
OLD_POST = "---\nlayout: article\ntitle: PyTorch\ncategories: data_science\n---\n\nText.\n"
START = {
    "_config.yml": CONFIG,
    "_posts/2017-06-26-pytorch_starter.md": OLD_POST,
    "_layouts/article.html": "<h1>{{ page.title }}</h1>{{ content }}",
    "about.md": "---\npermalink: /about/\n---\n",
    "images/logo.png": "PNG",
}


def commit(repo, files, branch="refs/heads/master", message="By hand"):
    """A commit of `files` (whole content of the repository) on `branch`, as somebody else makes it; its id."""
    tree = _tree(repo, {name.encode(): text.encode() for name, text in files.items()})
    made = Commit()
    ref = branch.encode()
    made.tree, made.parents = tree, [repo.refs[ref]] if ref in repo.refs else []
    made.author = made.committer = b"Hamid <hamid@example.org>"
    made.author_time = made.commit_time = 1_700_000_000
    made.author_timezone = made.commit_timezone = 0
    made.message = message.encode()
    repo.object_store.add_object(made)
    repo.refs[ref] = made.id
    return made.id.decode()


def _tree(repo, files):
    tree, below = Tree(), {}
    for path, content in files.items():
        name, _, rest = path.partition(b"/")
        if rest:
            below.setdefault(name, {})[rest] = content
        else:
            blob = Blob.from_string(content)
            repo.object_store.add_object(blob)
            tree.add(name, 0o100644, blob.id)
    for name, inside in below.items():
        tree.add(name, 0o040000, _tree(repo, inside))
    repo.object_store.add_object(tree)
    return tree.id


def files_at(repo, branch):
    """Path and text of everything on `branch`."""
    found = {}

    def walk(sha, prefix):
        for entry in repo[sha].items():
            path = prefix + entry.path.decode()
            walk(entry.sha, path + "/") if entry.mode == 0o040000 else found.update({path: repo[entry.sha].data})

    walk(repo[repo.refs[f"refs/heads/{branch}".encode()]].tree, "")
    return found


def history(repo, branch):
    """The commits of `branch`, the newest first."""
    ref = f"refs/heads/{branch}".encode()
    return [entry.commit for entry in repo.get_walker(include=[repo.refs[ref]])] if ref in repo.refs else []


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class GitServer:
    """`url` of a bare repository over HTTP; `token`: who else may not read it."""

    def __init__(self, folder):
        self.repos = {}
        self.folder = folder
        self.token = ""
        self.asked = []
        app = make_wsgi_chain(DictBackend(self.repos))
        self.server = make_server("127.0.0.1", 0, lambda environ, start: self._answer(app, environ, start),
                                  handler_class=Quiet)  # fmt: skip
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _answer(self, app, environ, start):
        self.asked.append(environ["PATH_INFO"])
        if self.token and "Basic" not in environ.get("HTTP_AUTHORIZATION", ""):
            start("401 Unauthorized", [("Content-Type", "text/plain")])
            return [b"no"]
        return app(environ, start)

    def make(self, name):
        folder = self.folder / name.strip("/").replace("/", "-")
        repo = self.repos[name] = Repo.init_bare(str(folder), mkdir=True)
        repo.refs.set_symbolic_ref(b"HEAD", b"refs/heads/master")
        return repo

    def url(self, name):
        return f"http://{self.host}{name}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for repo in self.repos.values():
            repo.close()


class GitHubLike:
    """What the program asks of GitHub's API. `faults` (status, headers, body) are answered first, one a call."""

    def __init__(self, repository="ml/blog"):
        self.repository = repository
        self.pulls, self.reviews, self.faults, self.calls = [], {}, [], []
        self.login, self.forks = "amara-gh", {}
        self.lose_answer_of = set()  # methods whose work is done and whose answer is lost
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"null")
                status, headers, said = outer.answer(self.command, self.path, dict(self.headers), body)
                if status is None:
                    self.close_connection = True
                    return
                data = json.dumps(said).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = answer

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method, address, headers, body):
        parts = urlsplit(address)
        self.calls.append((method, parts.path, headers.get("Authorization", "")))
        if self.faults:
            return self.faults.pop(0)
        status, said = self.act(method, parts.path, parse_qs(parts.query), body)
        if method in self.lose_answer_of:
            self.lose_answer_of.discard(method)
            return None, {}, None
        return status, {}, said

    def act(self, method, path, query, body):
        root = f"/repos/{self.repository}"
        if path == "/app/installations/42/access_tokens":
            return 201, {"token": "ghs_installation"}
        if path == "/user":
            return 200, {"login": self.login, "id": 7}
        if (method, path) == ("POST", f"{root}/forks"):
            return 202, self.forks.get(self.login, {})
        if path == f"{root}/pulls":
            return self.list_or_open(method, query, body)
        if path.startswith(f"{root}/pulls/"):
            number, _, rest = path.removeprefix(f"{root}/pulls/").partition("/")
            pull = next((one for one in self.pulls if str(one["number"]) == number), None)
            if pull is None:
                return 404, {"message": "Not Found"}
            if rest == "reviews":
                return 200, self.reviews.get(pull["number"], [])
            if method == "PATCH":
                pull.update(body)
            return 200, pull
        return 404, {"message": "Not Found"}

    def list_or_open(self, method, query, body):
        if method == "GET":
            owner, _, branch = query["head"][0].partition(":")
            found = [one for one in self.pulls if (one["head"]["user"]["login"], one["head"]["ref"]) == (owner, branch)]
            return 200, found[::-1]
        owner, _, branch = body["head"].rpartition(":")
        owner = owner or self.repository.split("/")[0]
        head = {"ref": branch, "user": {"login": owner}}
        if any(one["head"] == head and one["state"] == "open" for one in self.pulls):
            message = f"A pull request already exists for {owner}:{branch}."
            return 422, {"message": "Validation Failed", "errors": [{"resource": "PullRequest", "message": message}]}
        number = len(self.pulls) + 1
        url = f"https://github.com/{self.repository}/pull/{number}"
        pull = {"number": number, "state": "open", "merged_at": None, "html_url": url, "head": head}
        self.pulls.append(pull | {"title": body["title"], "body": body["body"], "base": body["base"]})
        return 201, self.pulls[-1]
