# gunicorn sideeffects.wsgi -c deploy/gunicorn.conf.py      (behind nginx only: slow readers stop gunicorn alone)
bind = "127.0.0.1:8001"
workers = 2
threads = 4  # this makes it the gthread worker
max_requests = 10_000
max_requests_jitter = 1_000
graceful_timeout = 30

# Settings that are refused then stop gunicorn with their sentence; workers alone would be started again for ever.
preload_app = True

# Only nginx may say that a request came by https. Nothing else trusts a forwarded header.
forwarded_allow_ips = "127.0.0.1"

# The stock format prints the query string, the referrer and the address.
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {"()": "sideeffects.logs.PrivateFormatter", "format": "%(asctime)s %(levelname)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": [], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
