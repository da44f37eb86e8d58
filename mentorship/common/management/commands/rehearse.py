"""`make rehearse`: production, without containers."""

import logging
from typing import Any

from django.core.management import BaseCommand, CommandError

from mentorship.common.rehearsal.stage import Stage, free_port
from mentorship.common.rehearsal.walk import Mailbox, Walk


class Command(BaseCommand):
    help = (
        "Start what docker-compose.yml starts (migrate, two web processes, worker, beat) with production settings on "
        "loopback, and walk through it; also while Redis is away and PostgreSQL restarts."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        from aiosmtpd.controller import Controller

        logging.getLogger("mail.log").setLevel(logging.WARNING)
        mailbox, mail_port = Mailbox(), free_port()
        mail = Controller(mailbox, hostname="127.0.0.1", port=mail_port)
        mail.start()
        try:
            with Stage(mail_port) as stage:
                steps = self.rehearse(stage, mailbox)
        except (AssertionError, RuntimeError) as error:
            raise CommandError(f"The rehearsal failed: {error}") from error
        finally:
            mail.stop()
        self.stdout.write(f"{steps} passed, 0 failed")

    def rehearse(self, stage: Stage, mailbox: Mailbox) -> int:
        self.stdout.write("Collecting static files, migrating, loading the curriculum …")
        stage.start_servers()
        stage.collect_static()
        stage.run("migrate")
        ports = free_port(), free_port()
        for number, port in enumerate(ports, 1):
            stage.start("web", f"web-{number}", port)
        stage.start("worker")
        stage.start("beat")
        for port in ports:
            stage.wait_until_ready(port)
        self.stdout.write(f"Two web processes, worker and beat run; logs in {stage.folder}")
        try:
            steps = Walk(stage, mailbox, ports, self.stdout.write).run()
        except AssertionError:
            for name in ("web-1", "web-2", "worker", "beat"):
                self.stderr.write(f"--- {name}\n{stage.log(name)[-1500:]}")
            raise
        return steps
